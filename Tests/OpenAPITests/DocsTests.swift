import API
import Crypto
import Foundation
import HTTP
import JSON
import Testing

@Suite struct `The page of the interface` {
    private let answer: ExampleService.Answer
    private let page: String

    init() async throws {
        answer = try await ExampleService().answer(.get, "/docs")
        page = String(decoding: answer.bytes, as: UTF8.self)
    }

    @Test func `has every route and every schema, each where a link can lead`() throws {
        let document = try Document()
        for operation in document.operations {
            let id = try #require(operation.value["operationId"]?.text)
            #expect(page.contains("<section id=\"\(id)\">") && page.contains("href=\"#\(id)\""), "\(operation.name)")
            #expect(page.contains("<code>\(operation.path)</code>"), "\(operation.name)")
            for part in operation.description.components(separatedBy: "`") where !part.isEmpty {
                let escaped = part.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(
                    ">", with: "&gt;")
                #expect(page.contains(escaped.replacing("\"", with: "&quot;")), "\(operation.name): \(part)")
            }
        }
        for schema in document.at("components", "schemas")?.members ?? [] {
            #expect(page.contains("<section id=\"schema-\(schema.key)\">"), "\(schema.key)")
        }
        for type in ProblemType.allCases {
            #expect(page.contains("<section id=\"problem-\(type.rawValue)\">"), "\(type.rawValue)")
        }
    }

    @Test func `has every example`() throws {
        let answers = try Document().operations.flatMap { operation in
            operation.answers.filter { $0.key.hasPrefix("2") }.flatMap { $0.value["content"]?.members ?? [] }
        }
        let examples = answers.filter { $0.value["example"] != nil }.count
        let bodies = try Document().operations.filter { $0.body?["example"] != nil }.count
        #expect(
            examples > 30 && page.components(separatedBy: "<summary>Example</summary>").count == examples + bodies + 1)
    }

    @Test func `loads nothing, runs nothing, and leads nowhere but into itself and this server`() throws {
        for forbidden in ["<script", "<link", "<img", "<iframe", "src=", "url(", "@import", "javascript:", " on"] {
            let inTags = page.components(separatedBy: "<").dropFirst().map { $0.prefix { $0 != ">" } }
            #expect(!inTags.contains { "<\($0)".contains(forbidden) }, "\(forbidden)")
        }
        let style = try #require(page.firstMatch(of: /<style>([^<]*)<\/style>/)).1
        #expect(!style.contains("url(") && !style.contains("@import"))
        let links = page.matches(of: /href="([^"]*)"/).map { $0.1 }
        #expect(links.allSatisfy { $0.hasPrefix("#") || $0 == "/openapi.json" })
        for link in links where link.hasPrefix("#") { #expect(page.contains("id=\"\(link.dropFirst())\""), "\(link)") }
    }

    @Test func `lets in no style but its own, and is put into no frame`() throws {
        let style = try #require(page.firstMatch(of: /<style>([^<]*)<\/style>/)).1
        let hash = Data(SHA256.hash(data: Data(style.utf8))).base64EncodedString()
        #expect(
            answer.fields.contains(
                "Content-Security-Policy: default-src 'none'; style-src 'sha256-\(hash)'; base-uri 'none'; "
                    + "form-action 'none'; frame-ancestors 'none'\r\n"))
        #expect(answer.mediaType == "text/html" && page.hasPrefix("<!DOCTYPE html>"))
        #expect(page.contains(#"<meta name="viewport" content="width=device-width, initial-scale=1">"#))
    }

    @Test func `is well formed`() {
        var open: [Substring] = []
        let empty: Set<Substring> = ["meta", "!DOCTYPE"]
        for tag in page.matches(of: /<(\/?)([A-Za-z!0-9]+)[^>]*>/) where !empty.contains(tag.2) {
            if tag.1.isEmpty { open.append(tag.2) } else { #expect(open.popLast() == tag.2) }
        }
        #expect(open.isEmpty)
    }

    @Test(arguments: ProblemType.allCases)
    func `has the page to which the type of a problem leads`(type: ProblemType) async throws {
        let answer = try await ExampleService().answer(.get, "/problems/\(type.rawValue)")
        let text = String(decoding: answer.bytes, as: UTF8.self)
        #expect(answer.status == 200 && text.contains("<h3>\(type.status) \(type.rawValue)</h3>"))
        #expect(text.contains("Content-Security-Policy") == false && text.contains("href=\"/docs#problems\""))
        #expect(try await ExampleService().answer(.get, "/problems/none").status == 404)
    }
}
