import Crypto

/// How the page of the interface looks; part of the page, so that nothing is loaded for it.
enum DocsStyle {
    static let text = """
        :root{color-scheme:light dark}
        body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:0 auto;padding:0 1rem 4rem}
        h2{margin-top:3rem}section{border-top:1px solid #8886;padding-top:.5rem;margin-top:2rem}
        code,pre{font-family:ui-monospace,monospace;font-size:.875em;overflow-wrap:anywhere}
        pre{overflow-x:auto;overflow-wrap:normal;padding:.75rem;background:#8882}
        table{border-collapse:collapse;width:100%}
        td,th{text-align:left;vertical-align:top;padding:.25rem .5rem .25rem 0}
        tr{border-top:1px solid #8884}h3 code{font-size:1em}.method{font-weight:bold}.path{overflow-wrap:anywhere}
        nav li{overflow-wrap:anywhere}summary{cursor:pointer}
        @media(max-width:40rem){thead{display:none}td{display:block;padding:.1rem 0}td+td{padding-left:1rem}}
        """

    /// Nothing but this style is let in, and the page into no frame.
    static let policy =
        "default-src 'none'; style-src 'sha256-\(hash)'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

    private static var hash: String { base64(Array(SHA256.hash(data: Array(text.utf8)))) }

    /// RFC 4648 §4.
    private static func base64(_ bytes: [UInt8]) -> String {
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        var text = ""
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let some = bytes[start..<min(start + 3, bytes.count)]
            let bits = (0..<3).reduce(UInt32(0)) { $0 << 8 | ($1 < some.count ? UInt32(some[start + $1]) : 0) }
            for place in 0..<4 {
                text.append(place <= some.count ? digits[Int(bits >> (18 - 6 * UInt32(place)) & 63)] : "=")
            }
        }
        return text
    }
}
