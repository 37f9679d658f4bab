//! What the policies of pages forbid is in no template, and what the frame's allows is only what is in it.

use kronika::web::view::{FRAME_POLICY, POLICY};
use sha2::{Digest, Sha256};

use super::sources::files;

/// The words before an `=` within tags: the names of attributes.
fn attributes(html: &str) -> impl Iterator<Item = &str> {
    html.split('=')
        .filter_map(|before| before.rsplit([' ', '\n', '"', '}', '%']).next())
}

#[test]
fn no_template_holds_a_script_a_style_or_a_handler() {
    for (path, html) in files("templates", "html") {
        let frame = path.ends_with("interaction/frame.html");
        let handler = attributes(&html).find(|name| {
            let name = name.to_ascii_lowercase();
            name == "style" || name.starts_with("hx-on") || name.starts_with("on") && name.len() > 3
        });
        assert_eq!(handler, None, "{}", path.display());
        assert!(!html.contains("javascript:"), "{}", path.display());
        assert_eq!(html.contains("<style"), frame, "{}", path.display());
        let scripts = html.matches("<script").count();
        assert_eq!(
            scripts,
            html.matches("<script defer src=\"").count(),
            "{}",
            path.display()
        );
        // Only the message in its frame is not escaped: it was made safe before.
        assert_eq!(
            html.matches("|safe").count(),
            usize::from(frame),
            "{}",
            path.display()
        );
    }
}

#[test]
fn the_frame_has_one_sheet_and_its_policy_knows_it() {
    let frames = files("templates", "html");
    let (_, frame) = frames
        .iter()
        .find(|(path, _)| path.ends_with("interaction/frame.html"))
        .unwrap();
    let (_, rest) = frame.split_once("<style>").unwrap();
    let sheet = rest.split_once("</style>").unwrap().0;
    let hash = data_encoding::BASE64.encode(&Sha256::digest(sheet));

    assert!(
        FRAME_POLICY.contains(&format!("style-src-elem 'sha256-{hash}'")),
        "{hash}"
    );
    assert!(FRAME_POLICY.starts_with("default-src 'none'"));
    assert!(!FRAME_POLICY.contains("script") && !FRAME_POLICY.contains("http"));
    assert!(!POLICY.contains("unsafe") && !POLICY.contains("http") && !POLICY.contains('*'));
}
