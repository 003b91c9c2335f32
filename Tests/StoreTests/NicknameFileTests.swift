import ByNameList
import ShippedConfig
import Testing

@Suite struct `The shipped nicknames` {
    @Test(arguments: [
        ("mike", "michael"), ("beth", "elizabeth"), ("bill", "william"), ("peggy", "margaret"), ("pepe", "josé"),
        ("frédéric", "fred"), ("peg", "meg"), ("jp", "jean-pierre"), ("alex", "alexandra"), ("lupita", "guadalupe"),
    ])
    func `hold what people call each other`(form: String, name: String) throws {
        let form = try #require(SearchWords.words(of: form).first).joined
        let name = try #require(SearchWords.words(of: name).first).joined
        #expect(NicknameFile.nicknames.forms(of: form).contains(name))
        #expect(NicknameFile.nicknames.forms(of: name).contains(form))
        #expect(NicknameFile.nicknames.areForms(form, name))
    }

    @Test func `keep names apart that are not forms of one`() {
        #expect(!NicknameFile.nicknames.areForms("michael", "robert"))
        #expect(!NicknameFile.nicknames.areForms("alexander", "alexandra"))
        #expect(NicknameFile.nicknames.canonical(of: "bill") == "william")
        #expect(NicknameFile.nicknames.canonical(of: "kowalczyk") == "kowalczyk")
        #expect(NicknameFile.nicknames.forms(of: "kowalczyk") == [])
    }
}
