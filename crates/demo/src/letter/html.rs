//! The HTML of messages.

use super::text::{Text, Turn};
use crate::document::{Block, blocks};

/// A message as HTML; `pictures` are content ids of pictures shown below the text.
pub fn message(text: &Text, pictures: &[String]) -> String {
    let mut body = paragraphs(&text.own);
    for id in pictures {
        body.push_str(&format!(
            "<p><img src=\"cid:{id}\" alt=\"\" style=\"max-width:100%\"></p>\n"
        ));
    }
    if !text.signature.is_empty() {
        let dashes = if text.dashes { "-- <br>\n" } else { "" };
        let lines = escape(&text.signature).replace('\n', "<br>\n");
        body.push_str(&format!("<div style=\"color:#555\">{dashes}{lines}</div>\n"));
    }
    body.push_str(&quote(&text.history));
    page("font-family:Calibri,Arial,sans-serif;font-size:11pt", &body)
}

fn quote(turns: &[Turn]) -> String {
    let Some((turn, rest)) = turns.split_first() else {
        return String::new();
    };
    let inner = format!("{}{}", paragraphs(&turn.said), quote(rest));
    let above = escape(turn.attribution.trim()).replace('\n', "<br>\n");
    if turn.marked {
        format!(
            "<p>{above}</p>\n<blockquote type=\"cite\" style=\"border-left:2px solid #99b;margin:0;padding-left:1em\">\n{inner}</blockquote>\n"
        )
    } else {
        format!("<hr>\n<p>{above}</p>\n{inner}")
    }
}

/// A mass mailing: the sender's name in a band, the text's markup, a line to unsubscribe with.
pub fn newsletter(sender: &str, own: &str, unsubscribe: (&str, &str)) -> String {
    let (link, words) = unsubscribe;
    let body = format!(
        "<table width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" style=\"background:#eef1f4\"><tr><td align=\"center\">\n\
         <table width=\"600\" cellpadding=\"24\" style=\"background:#fff\">\n\
         <tr><td style=\"background:#24476b;color:#fff;font-size:20px\">{}</td></tr>\n\
         <tr><td>{}</td></tr>\n\
         <tr><td style=\"color:#888;font-size:12px\"><a href=\"{link}\">{words}</a></td></tr>\n\
         </table></td></tr></table>\n",
        escape(sender),
        blocks(own).iter().map(element).collect::<Vec<_>>().concat(),
    );
    page(
        "margin:0;font-family:Arial,Helvetica,sans-serif;font-size:15px;line-height:1.5",
        &body,
    )
}

fn element(block: &Block) -> String {
    match block {
        Block::Heading(level, text) => format!("<h{0}>{1}</h{0}>\n", level + 1, escape(text)),
        Block::Paragraph(text) => format!("<p>{}</p>\n", linked(text)),
        Block::Item(text) => format!(
            "<p style=\"margin:0 0 6px 18px\">&bull;&nbsp;{}</p>\n",
            linked(text)
        ),
        Block::Table(rows) => {
            let row = |cells: &Vec<String>| {
                let cells: Vec<String> = cells
                    .iter()
                    .map(|cell| format!("<td>{}</td>", escape(cell)))
                    .collect();
                format!("<tr>{}</tr>\n", cells.concat())
            };
            let rows: Vec<String> = rows.iter().map(row).collect();
            format!(
                "<table border=\"1\" cellpadding=\"6\" style=\"border-collapse:collapse\">\n{}</table>\n",
                rows.concat()
            )
        }
        Block::PageBreak => "<hr>\n".to_owned(),
    }
}

/// Paragraphs between empty lines; single line ends are kept.
fn paragraphs(text: &str) -> String {
    text.split("\n\n")
        .map(str::trim_end)
        .filter(|paragraph| !paragraph.is_empty())
        .map(|paragraph| format!("<p>{}</p>\n", linked(paragraph)))
        .collect::<Vec<_>>()
        .concat()
}

/// Escaped text with line ends as `<br>` and web addresses as links.
fn linked(text: &str) -> String {
    let word = |word: &str| {
        let address = word.trim_end_matches(['.', ',', ')', ';']);
        if address.starts_with("https://") {
            format!("<a href=\"{address}\">{address}</a>{}", &word[address.len()..])
        } else {
            word.to_owned()
        }
    };
    let line = |line: &str| line.split(' ').map(word).collect::<Vec<_>>().join(" ");
    escape(text)
        .split('\n')
        .map(line)
        .collect::<Vec<_>>()
        .join("<br>\n")
}

fn page(style: &str, body: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html><head><meta http-equiv=\"Content-Type\" content=\"text/html\"></head>\n<body style=\"{style}\">\n{body}</body></html>\n"
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
