//! `primum merge` at the command line and as the merge driver of a real git.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

const PRIMUM: &str = env!("CARGO_BIN_EXE_primum");

const BASE: &str = "# Care\n\nStates should keep hospitals safe. They must act now, together, and \
    they must not wait for the next attack.\n\n- Backups are kept offline.\n- Drills are held \
    every year.\n\nThe end is near for attackers.\n";

/// A repository whose two branches made something else of one text.
struct Repository(TempDir);

impl Repository {
    fn new(ours: &[u8], theirs: &[u8]) -> Self {
        let it = Self(tempfile::tempdir().unwrap());
        it.git(&["init", "-q", "-b", "ours"]);
        it.commit(BASE.as_bytes());
        it.git(&["checkout", "-q", "-b", "theirs"]);
        it.commit(theirs);
        it.git(&["checkout", "-q", "ours"]);
        it.commit(ours);
        it
    }

    fn with_driver(self) -> Self {
        let driver = format!("'{PRIMUM}' merge -o %A %O %A %B");
        self.git(&["config", "merge.primum.driver", &driver]);
        fs::write(self.path(".gitattributes"), "*.md merge=primum\n").unwrap();
        self
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn commit(&self, text: &[u8]) {
        fs::write(self.path("text.md"), text).unwrap();
        self.git(&["add", "text.md"]);
        self.git(&["commit", "-q", "-m", "A revision"]);
    }

    /// Runs git, whatever this machine's own settings are.
    fn run(&self, arguments: &[&str]) -> Output {
        let person = ["-c", "user.name=Tester", "-c", "user.email=tester@example.org"];
        Command::new("git")
            .args(person)
            .args(arguments)
            .current_dir(self.0.path())
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env_remove("GIT_DIR")
            .env_remove("GIT_WORK_TREE")
            .env_remove("GIT_INDEX_FILE")
            .output()
            .unwrap()
    }

    fn git(&self, arguments: &[&str]) -> String {
        let done = self.run(arguments);
        assert!(done.status.success(), "git {arguments:?}: {done:?}");
        String::from_utf8(done.stdout).unwrap()
    }

    fn merge(&self) -> Output {
        self.run(&["merge", "--no-edit", "theirs"])
    }

    fn text(&self) -> String {
        fs::read_to_string(self.path("text.md")).unwrap()
    }
}

#[test]
fn git_merges_two_edits_of_one_paragraph_with_the_driver_and_not_without() {
    let ours = BASE.replace("should keep", "shall keep");
    let theirs = BASE.replace("next attack", "next ransom").replace("every year", "twice a year");
    let bare = Repository::new(ours.as_bytes(), theirs.as_bytes());
    assert!(!bare.merge().status.success(), "a line merge has a conflict here");

    let repository = Repository::new(ours.as_bytes(), theirs.as_bytes()).with_driver();
    let done = repository.merge();
    assert!(done.status.success(), "{done:?}");
    let both = ours.replace("next attack", "next ransom").replace("every year", "twice a year");
    assert_eq!(repository.text(), both);
    assert_eq!(repository.git(&["log", "-1", "--format=%p"]).split(' ').count(), 2);
}

#[test]
fn git_leaves_a_conflict_of_one_block_to_be_solved() {
    let ours = BASE.replace("should keep", "shall keep").replace("offline", "well offline");
    let theirs = BASE.replace("should keep", "must keep").replace("every year", "twice a year");
    let repository = Repository::new(ours.as_bytes(), theirs.as_bytes()).with_driver();
    assert!(!repository.merge().status.success());
    assert_eq!(repository.git(&["ls-files", "-u"]).lines().count(), 3, "three stages");
    let text = repository.text();
    let order = [
        "<<<<<<< ours",
        "shall keep",
        "||||||| base",
        "should keep",
        "=======",
        "must keep",
        ">>>>>>> theirs",
    ];
    let places: Vec<_> = order.iter().map(|mark| text.find(mark).expect(mark)).collect();
    assert!(places.is_sorted(), "{text}");
    assert!(text.contains("well offline") && text.contains("twice a year"), "{text}");
    assert_eq!(text.matches("<<<<<<<").count(), 1, "{text}");
}

#[test]
fn git_takes_what_is_no_text_for_a_failure_and_keeps_ours() {
    let ours = BASE.replace("should keep", "shall keep");
    let repository = Repository::new(ours.as_bytes(), b"not \xff UTF-8\n").with_driver();
    let done = repository.merge();
    assert!(!done.status.success());
    assert_eq!(repository.text(), ours);
}

/// Runs `primum merge` on three texts in a folder.
fn merge(folder: &Path, texts: [&str; 3], more: &[&str]) -> (i32, String, String) {
    for (name, text) in ["base.md", "ours.md", "theirs.md"].iter().zip(texts) {
        fs::write(folder.join(name), text).unwrap();
    }
    let mut command = Command::new(PRIMUM);
    command.arg("merge").args(more).args(["base.md", "ours.md", "theirs.md"]);
    // Nothing is opened or made beside the files.
    let done = command.current_dir(folder).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (done.status.code().unwrap(), text(done.stdout), text(done.stderr))
}

#[test]
fn the_exit_code_counts_conflicts_and_tells_faults_apart() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let ours = BASE.replace("should", "shall");
    let theirs = BASE.replace("every year", "twice a year");
    let both = ours.replace("every year", "twice a year");
    assert_eq!(merge(folder, [BASE, &ours, &theirs], &[]), (0, both.clone(), String::new()));
    assert_eq!(merge(folder, [BASE, &ours, &theirs], &["-o", "ours.md"]).0, 0);
    assert_eq!(fs::read_to_string(folder.join("ours.md")).unwrap(), both);
    let mut names: Vec<_> =
        folder.read_dir().unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["base.md", "ours.md", "theirs.md"], "no database, no rest");

    let dense = |word: &str| {
        (0..200).map(|n| format!("Paragraph {n} is {word} and that.\n\n")).collect::<String>()
    };
    let two = |word: &str| dense(word).split_inclusive("\n\n").take(2).collect::<String>();
    let (code, text, fault) = merge(folder, [&two("a"), &two("b"), &two("c")], &[]);
    assert_eq!((code, text.matches("<<<<<<< ours\n").count()), (2, 2));
    assert_eq!(fault, "ours.md: 2 conflicts, between marks in the text\n");
    assert_eq!(merge(folder, [&dense("a"), &dense("b"), &dense("c")], &[]).0, 127, "clamped");

    let windows = ours.replace('\n', "\r\n");
    assert_eq!(merge(folder, [BASE, &windows, &theirs], &[]).1, both.replace('\n', "\r\n"));

    assert_eq!(merge(folder, ["", "", ""], &["--no-such-option"]).0, 255);
    let nowhere = merge(folder, [BASE, &ours, &theirs], &["-o", "no/such/folder.md"]);
    assert_eq!(nowhere.0, 255, "{}", nowhere.2);
    fs::remove_file(folder.join("base.md")).unwrap();
    let done = Command::new(PRIMUM)
        .args(["merge", "base.md", "ours.md", "theirs.md"])
        .current_dir(folder)
        .output()
        .unwrap();
    assert_eq!(done.status.code(), Some(255));
    assert!(String::from_utf8_lossy(&done.stderr).starts_with("base.md: "), "{done:?}");
}
