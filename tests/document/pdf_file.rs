//! A PDF written by a test.

/// A PDF of one font, whose pages draw what is given. `tree` is what the page tree says of itself besides its pages, and
/// `more` are further objects: 4 is what the file says of itself, 5 a form that pages can draw as `/X`. Offsets of
/// objects are left out: readers find them.
pub fn pdf_with(pages: &[&str], tree: &str, more: &str) -> Vec<u8> {
    let kids: Vec<String> = (0..pages.len()).map(|page| format!("{} 0 R", 10 + 2 * page)).collect();
    let mut file = format!(
        "%PDF-1.4\n1 0 obj <</Type /Catalog /Pages 2 0 R /Lang (en-GB)>> endobj\n\
         2 0 obj <</Type /Pages {tree} /Kids [{}]>> endobj\n\
         3 0 obj <</Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding>> endobj\n{more}",
        kids.join(" ")
    );
    for (page, content) in pages.iter().enumerate() {
        let at = 10 + 2 * page;
        let object = format!(
            "{at} 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {} 0 R\n\
             /Resources <</Font <</F 3 0 R>> /XObject <</X 5 0 R>>>>>> endobj\n\
             {} 0 obj <</Length {}>> stream\n{content}\nendstream endobj\n",
            at + 1,
            at + 1,
            content.len()
        );
        file.push_str(&object);
    }
    file += "trailer <</Root 1 0 R /Info 4 0 R>>\n%%EOF\n";
    file.into_bytes()
}
