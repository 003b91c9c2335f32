/// Random numbers that are the same for the same seed on every machine (SplitMix64).
struct SampleRandom {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
        // Neighbouring seeds begin alike; the first numbers are thrown away.
        for _ in 0..<4 { _ = next() }
    }

    private mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// True in so many of a hundred cases.
    mutating func chance(_ percent: Int) -> Bool { Int(next() % 100) < percent }

    mutating func number(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + Int(next() % UInt64(range.count))
    }

    /// One of them, each as likely as the next; there is at least one.
    mutating func pick<Choice>(_ choices: [Choice]) -> Choice { choices[number(0...(choices.count - 1))] }

    /// One of them, as often as its weight says.
    mutating func pick<Choice>(weighted choices: [(weight: Int, choice: Choice)]) -> Choice {
        var rest = number(0...(choices.reduce(0) { $0 + $1.weight } - 1))
        for (weight, choice) in choices {
            if rest < weight { return choice }
            rest -= weight
        }
        return choices[0].choice
    }
}
