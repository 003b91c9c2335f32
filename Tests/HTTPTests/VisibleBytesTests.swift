import HTTP
import Testing

@Suite struct `Eight bytes at once` {
    @Test func `are visible as each of them is, whichever byte stands where`() {
        for others in [UInt8(ascii: "!"), UInt8(ascii: "~"), 0x80, 0xFF] {
            for place in 0..<8 {
                for byte in UInt8.min...UInt8.max {
                    var bytes = [UInt8](repeating: others, count: 10)
                    bytes[1 + place] = byte
                    #expect(bytes.span.areVisible(eightFrom: 1) == (byte > 0x20 && byte != 0x7F))
                }
            }
        }
    }

    @Test func `are not where two of them are none`() {
        for first in UInt8.min...UInt8.max {
            for second in UInt8.min...UInt8.max {
                let bytes: [UInt8] = [0x61, first, second, 0x61, 0x61, 0x61, 0x61, 0x61]
                let expected = [first, second].allSatisfy { $0 > 0x20 && $0 != 0x7F }
                if bytes.span.areVisible(eightFrom: 0) != expected { Issue.record("\(first) and \(second)") }
            }
        }
    }

    @Test func `begin with a text in whatever case`() {
        let value = Array("xBeArEr y".utf8)[1...]
        #expect(value.begins(with: "bearer ") && value.begins(with: ""))
        #expect(!value.begins(with: "bearer  ") && !value.begins(with: "bearer y!") && !value.begins(with: "basic "))
    }
}
