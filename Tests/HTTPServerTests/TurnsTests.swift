import Glibc
import Testing
import Threads

@Suite struct `A thread that steps back` {
    private static func place() -> Int32 { getpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0) }

    @Test func `does so from where it is, as far as there is room, and alone`() {
        let before = Self.place()
        let places = Promise<[Int32]>()
        Thread {
            let first = Self.place()
            Thread.stepBack()
            let second = Self.place()
            Thread.stepBack(by: 15)
            places.keep([first, second, Self.place()])
        }.join()
        #expect(places.wait() == [before, min(19, before + 10), 19])
        #expect(Self.place() == before)
    }
}
