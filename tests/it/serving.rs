//! The real program on an empty folder: its set-up address, what only the
//! demonstration has, texts out and in, and what `doctor` finds.

use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use crate::app::Browser;
use crate::cast::PASSWORD;

/// A running deployment, ended when dropped.
struct Server {
    child: Child,
    origin: String,
}

impl Server {
    fn start(data: &Path) -> Self {
        let mut child = primum()
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(data)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let ready = lines.by_ref().map(Result::unwrap).find(|line| line.starts_with("Primum "));
        let ready = ready.expect("it says when it is ready");
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, origin: ready.rsplit(' ').next().unwrap().to_owned() }
    }

    fn visitor(&self) -> Browser {
        let client = reqwest::Client::builder()
            .cookie_store(true)
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .unwrap();
        Browser { client, origin: self.origin.clone() }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn primum() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_primum"));
    for name in ["DATABASE_URL", "PRIMUM_DATABASE_URL", "PRIMUM_DATA", "PRIMUM_LISTEN"] {
        command.env_remove(name);
    }
    command
}

fn run(arguments: &[&str], data: &Path) -> Output {
    primum().args(arguments).arg("--data").arg(data).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &*String::from_utf8_lossy(&output.stderr)
}

/// The path of the address in the file, and the file's mode.
fn set_up_address(data: &Path) -> Option<(String, u32)> {
    let file = data.join("set-up.txt");
    let text = std::fs::read_to_string(&file).ok()?;
    let at = text.find("/set-up/")?;
    let mode = std::fs::metadata(&file).unwrap().permissions().mode() & 0o777;
    Some((text[at..].split_whitespace().next()?.to_owned(), mode))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_empty_deployment_is_set_up_once() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let server = Server::start(&data);
    let (first, mode) = set_up_address(&data).expect("a file with the set-up address");
    assert_eq!(mode, 0o600);
    let visitor = server.visitor();
    assert_eq!(visitor.get(&first).await.status, 200);
    for address in ["/demo", "/demo/mail"] {
        assert_eq!(visitor.get(address).await.status, 404, "{address}: only in the demonstration");
    }
    let cast = visitor.post("/demo/sign-in", &[("account", "ines@secretariat.example")]).await;
    assert_eq!(cast.status, 404);
    drop(server);

    // Another start, another address; the old one is over.
    let server = Server::start(&data);
    let (second, _) = set_up_address(&data).expect("renewed at each start");
    assert_ne!(first, second);
    let visitor = server.visitor();
    assert_eq!(visitor.get(&first).await.status, 404);
    let person = [
        ("name", "Ana Horáková"),
        ("email", "ana@example.org"),
        ("organisation", "The Secretariat"),
        ("password", PASSWORD),
    ];
    let desk = visitor.submit_and_follow(&second, &second, &person).await;
    desk.shows("Ana Horáková");
    // Without a way to send mail, its pages say so, and how to change it.
    let page = visitor.get("/secretariat").await;
    page.shows("Ana Horáková");
    assert_eq!(server.visitor().get(&second).await.status, 404);
    let mut tries = 0..100;
    while set_up_address(&data).is_some() {
        assert!(tries.next().is_some(), "the file goes when the address is used");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    drop(server);
    let server = Server::start(&data);
    assert_eq!(set_up_address(&data), None, "there is a secretariat");
    assert_eq!(server.visitor().get("/en/").await.status, 200);
}

const TEXT: &str = "---\ntitle: Keep paper forms\ntrack: resilience\n\
    audiences: [policy-makers]\n---\n\nEvery ward should keep paper forms.\n\n\
    ## Rationale\n\nScreens go dark.\n\n## For policy-makers\n\nPay for the paper.\n";

#[test]
fn texts_go_in_and_come_out_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let (one, two) = (folder.path().join("one"), folder.path().join("two"));
    let texts = folder.path().join("texts");
    std::fs::create_dir(&texts).unwrap();
    std::fs::write(texts.join("forms.md"), TEXT).unwrap();
    let bad = TEXT.replace("track: resilience", "track: nowhere");
    std::fs::write(texts.join("bad.md"), bad).unwrap();
    let name = texts.to_str().unwrap();
    for data in [&one, &two] {
        drop(Server::start(data)); // makes the database
    }

    // Every fault with its file and line; nothing is brought in.
    for arguments in [&["import", name][..], &["import", name, "--dry-run"][..]] {
        let refused = run(arguments, &one);
        assert_eq!(refused.status.code(), Some(1), "{}", said(&refused));
        let fault = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert!(fault.contains("bad.md:3: "), "{fault}");
    }
    std::fs::remove_file(texts.join("bad.md")).unwrap();
    assert!(run(&["import", name, "--dry-run"], &one).status.success());
    let first = folder.path().join("first");
    let nothing = run(&["export", first.to_str().unwrap()], &one);
    assert!(nothing.status.success(), "{}", said(&nothing));
    assert_eq!(
        std::fs::read_dir(&first).map_or(0, Iterator::count),
        0,
        "a dry run changes nothing"
    );

    assert!(run(&["import", name], &one).status.success());
    let export = run(&["export", first.to_str().unwrap()], &one);
    assert!(export.status.success(), "{}", said(&export));
    assert!(run(&["import", first.to_str().unwrap()], &two).status.success());
    let second = folder.path().join("second");
    assert!(run(&["export", second.to_str().unwrap()], &two).status.success());
    let read = |folder: &Path| std::fs::read_to_string(folder.join("RES-01.md")).unwrap();
    assert_eq!(read(&first), read(&second));
    assert!(read(&first).contains("Every ward should keep paper forms."));

    let doctor = run(&["doctor"], &one);
    assert_eq!(doctor.status.code(), Some(0), "{}", said(&doctor));
}
