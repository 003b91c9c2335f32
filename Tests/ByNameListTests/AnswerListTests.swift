import ByNameList
import Testing

@Suite struct `The questions asked of everybody` {
    @Test(arguments: Question.allCases)
    func `know don't know and declined as answers, apart from not asked`(question: Question) {
        #expect(question.answer(YesNo.dontKnow.rawValue) == "dont_know")
        #expect(question.answer(YesNo.declined.rawValue) == "declined")
    }

    @Test(arguments: Question.allCases)
    func `have lists without a word twice, and no answer outside the list`(question: Question) {
        guard case .choices(let codes) = question.answers else { return }
        #expect(Set(codes).count == codes.count)
        #expect(question.answer(0) == nil)
        #expect(question.answer(UInt8(codes.count + 1)) == nil)
        #expect(question.answer(1) == codes[0])
    }
}
