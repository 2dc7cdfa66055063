//! Clipboards as Word, Google Docs and a browser fill them.

use super::*;

const WORD: &str = r##"<html xmlns:o="urn:schemas-microsoft-com:office:office">
<head><meta name=Generator content="Microsoft Word 15">
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
<style><!-- p.MsoNormal {margin:0cm; font-size:11.0pt;} --></style></head>
<body lang=EN-GB><!--StartFragment-->
<h1>Keeping care going<o:p></o:p></h1>
<p class=MsoNormal><b><span lang=EN-US>Hospitals</span></b><span lang=EN-US> should keep &#8220;offline&#8221; backups of 10&nbsp;TB<a style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1" title=""><span class=MsoFootnoteReference><span style='mso-special-character:footnote'><![if !supportFootnotes]>[1]<![endif]></span></span></a> [and test them].<o:p></o:p></span></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='font-family:Symbol;mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;&nbsp; </span></span><![endif]>Paper forms<o:p></o:p></p>
<p class=MsoListParagraphCxSpMiddle style='margin-left:72.0pt;mso-list:l0 level2 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>o<span>&nbsp;&nbsp; </span></span><![endif]>for <i>wards</i><o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>·<span>&nbsp; </span></span><![endif]>Radios</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><![if !supportLists]><span style='mso-list:Ignore'>1.<span>&nbsp; </span></span><![endif]>First</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><![if !supportLists]><span style='mso-list:Ignore'>2.<span>&nbsp; </span></span><![endif]>Second</p>
<p class=MsoNormal>See <a href="https://example.org/a">the report</a><span style='color:red'> now</span>.<span class=MsoCommentReference><span style='font-size:8.0pt'><a style='mso-comment-reference:JN_1' href="#_msocom_1">[JN1]</a></span></span> <del>old</del><ins>new</ins> <u>must</u> <img width=10 src="file:///C:/a.png"></p>
<table class=MsoTableGrid border=1><tr><td width=100><p class=MsoNormal>Who</p></td><td><p class=MsoNormal>What | when</p></td></tr>
<tr><td><p class=MsoNormal>State</p></td><td><p class=MsoNormal>Fund</p><p class=MsoNormal>it</p></td></tr></table>
<div style='mso-element:footnote-list'><hr align=left size=1 width="33%">
<div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText><a style='mso-footnote-id:ftn1' href="#_ftnref1" name="_ftn1"><span class=MsoFootnoteReference>[1]</span></a> Measured in 2025.</p></div></div>
<!--EndFragment--></body></html>"##;

#[test]
fn word_becomes_markdown() {
    let pasted = from_html(WORD).unwrap();
    let expected = "### Keeping care going\n\n\
        **Hospitals** should keep “offline” backups of 10\u{A0}TB[^1] [and test them].\n\n\
        - Paper forms\n    - for *wards*\n- Radios\n1. First\n2. Second\n\n\
        See [the report](https://example.org/a) now. new must\n\n\
        | Who | What \\| when |\n| --- | --- |\n| State | Fund it |\n\n\
        * * *\n\n[^1]: Measured in 2025.";
    assert_eq!(pasted.text, expected);
    let Pasted { images, comments, deletions, colours, underlines, .. } = pasted;
    assert_eq!((images, comments, deletions, colours, underlines), (1, 1, 1, 1, 1));
    // It is Markdown that Primum reads as it was meant.
    let html = crate::markdown::html(&crate::markdown::render(&pasted.text, "s").unwrap());
    for part in ["<h", "<strong>Hospitals</strong>", "<table", "footnote", "class=\"bracket\""] {
        assert!(html.contains(part), "{part} in {html}");
    }
}

#[test]
fn a_page_becomes_markdown() {
    let page = "<meta charset='utf-8'><b style=\"font-weight:normal;\"><p><span style=\"font-weight:700\">\
        Bold</span><span style=\"font-style:italic\"> slanted</span></p><ul><li><p>one</p></li><li>two\
        <ol><li>deep</li></ol></li></ul></b><script>alert(1)</script>\
        <a href=\"javascript:x()\">no link</a>";
    let text = from_html(page).unwrap().text;
    assert!(text.starts_with("**Bold** *slanted*\n\n- one\n"), "{text}");
    assert!(text.contains("- two") && text.contains("1. deep"), "{text}");
    assert!(text.ends_with("no link") && !text.contains("alert"), "{text}");
}

#[test]
fn what_nests_without_end_is_left_alone() {
    assert_eq!(from_html(&"<div>".repeat(50_000)), None);
    let formatted: String = (0..5_000).map(|n| format!("<b a{n}></x>")).collect();
    assert_eq!(from_html(&formatted), None);
    assert!(from_html(&"<p>a".repeat(5_000)).is_some());
    assert_eq!(from_html("").unwrap(), Pasted::default());
}
