import CivilTime
import Fixtures

/// Makes up the stays, from the as-of day backwards.
struct RandomStayWriter {
    typealias Kind = SlowChronicCase.StayKind

    var random: SplitMix64
    let asOf: CivilDate
    var stays: [SlowChronicCase.Stay] = []
    /// The morning after the next stay to be written; it moves into the past.
    private var cursor: CivilDate
    private var daysLeft = 1640

    private static let staysMax = 12

    private static let literal: [Kind] = [.unsheltered, .emergencyShelter, .safeHaven]
    private static let hidden: [Kind] = [.doubledUp, .hotelSelfPay]
    private static let notHomeless: [Kind] = [
        .transitional, .transitionalVA, .rapidRehousing, .permanentHousing, .institution,
    ]

    init(random: SplitMix64, asOf: CivilDate) {
        self.random = random
        self.asOf = asOf
        cursor = asOf.adding(days: 1)
    }

    mutating func write() {
        if random.chance(2) { return }
        if random.chance(8) {
            for _ in 0..<random.number(1...12) { addAnyStay() }
            return
        }
        writeEnding()
        switch random.number(0...99) {
        case 0..<40: writeLongSpell()
        case 40..<70: writeOccasions()
        case 70..<80: writeSum()
        case 80..<89: writeDischarge()
        case 89..<94: writeContacts()
        default: for _ in 0..<random.number(2...8) { writeAnyPiece() }
        }
        addNoise()
    }

    private mutating func writeEnding() {
        switch random.number(0...99) {
        case 0..<73: return
        case 73..<81: skip(random.number(1...8))
        case 81..<86: before(random.pick(Self.hidden), nights: random.number(1...8))
        case 86..<91: before(.institution, nights: random.pick([1, 6, 30, 88, 89, 90, 91]))
        case 91..<95:
            before(random.pick([.rapidRehousing, .transitionalVA]), nights: random.number(1...60))
            if random.chance(30) { before(random.pick(Self.notHomeless), nights: random.number(1...20)) }
        case 95..<97: before(random.pick(Self.notHomeless), nights: random.number(1...120))
        default:
            before(random.pick(Self.notHomeless + Self.hidden), nights: random.number(1...6))
            skip(random.number(1...6))
        }
    }

    /// One spell of about as many nights as a rule asks for, interrupted once or twice or not at all.
    private mutating func writeLongSpell() {
        let lengths = [
            179, 180, 181, 182, 183, 330, 345, 363, 364, 364, 365, 365, 366, 366, 367, 368, 545, 546, 547, 700,
        ]
        let target = random.chance(70) ? random.pick(lengths) : random.number(300...1500)
        let kinds = random.chance(92) ? Self.literal : Self.hidden + Self.literal
        var rest = target
        for _ in 0..<random.pick([0, 0, 0, 1, 1, 2, 3]) where rest > 20 {
            let part = random.number(1...(rest / 2))
            before(random.pick(kinds), nights: part)
            let gap = writeGap()
            // Some gaps count and some do not: the sum comes out at the edge either way.
            rest -= part + (random.chance(60) ? gap : 0)
        }
        if rest > 0 { before(random.pick(kinds), nights: rest) }
    }

    /// About four occasions of about twelve months, the first of them often at the edge of three years.
    private mutating func writeOccasions() {
        let count = random.pick([3, 4, 4, 4, 4, 5, 5, 6])
        let total = random.chance(70) ? random.number(355...375) : random.number(200...500)
        let gap = (1096 - total) / count
        var rest = total
        for occasion in 1...count {
            let share = occasion == count ? rest : random.number(1...max(1, 2 * rest / (count - occasion + 1)))
            rest = max(1, rest - share)
            before(random.pick(Self.literal), nights: share)
            if occasion == count { break }
            if random.chance(30) { _ = writeGap() } else { away(random.number(6...max(8, gap))) }
            if occasion == count - 1, random.chance(40) { moveToWindowEdge(years: 3) }
        }
    }

    /// Spells that sum to about 180 nights in the last year or 546 in the last three.
    private mutating func writeSum() {
        let years = random.pick([1, 1, 3])
        let total = years == 1 ? random.number(177...184) : random.number(543...549)
        let kinds = random.chance(60) ? Self.literal : Self.literal + Self.hidden
        let count = random.number(2...5)
        var rest = total
        for spell in 1...count where rest > 0 {
            let share = spell == count ? rest : random.number(1...max(1, 2 * rest / (count - spell + 1)))
            rest -= share
            before(random.pick(kinds), nights: min(share, max(1, daysLeft)))
            if spell == count { break }
            if random.chance(40) { _ = writeGap() } else { away(random.number(1...60)) }
        }
        guard random.chance(30) else { return }
        moveToWindowEdge(years: years)
        before(random.pick(kinds), nights: random.number(1...60))
    }

    /// On the street again after an institution or transitional housing.
    private mutating func writeDischarge() {
        before(random.pick(Self.literal), nights: random.number(1...60))
        if random.chance(10) { skip(1) }
        for _ in 0..<random.number(1...2) {
            let kind: Kind = random.pick([.institution, .institution, .transitional, .transitionalVA])
            before(kind, nights: random.pick([20, 44, 45, 46, 88, 89, 90, 91, 200, 300]))
        }
        if random.chance(15) { before(random.pick(Self.hidden), nights: random.number(1...3)) }
        before(random.pick(Self.literal), nights: random.pick([90, 179, 180, 181, 250, 320, 340, 365, 400]))
    }

    /// Nights of single contacts, close to a week apart.
    private mutating func writeContacts() {
        for _ in 0..<random.number(3...9) {
            before(random.pick(Self.literal), nights: random.chance(85) ? 1 : random.number(2...100))
            skip(random.number(5...8))
        }
        before(random.pick(Self.literal), nights: random.number(1...400))
    }

    private mutating func writeAnyPiece() {
        if random.chance(25) { skip(random.number(1...60)) }
        before(random.pick(Kind.allCases), nights: random.number(1...200))
    }

    /// Something between two homeless spells, close to what breaks them; answers its nights.
    private mutating func writeGap() -> Int {
        let start = cursor
        switch random.number(0...99) {
        case 0..<50: away(random.pick([5, 6, 6, 7, 8]))
        case 50..<75: before(.institution, nights: random.pick([88, 89, 89, 90, 91]))
        case 75..<88:
            let first = random.number(1...88)
            before(.institution, nights: first)
            before(.institution, nights: random.number(88...91) - first)
        case 88..<94:
            before(random.pick(Self.hidden), nights: random.number(1...7))
            before(.institution, nights: random.number(1...89))
        default:
            before(.institution, nights: random.number(1...89))
            away(random.number(1...3))
        }
        return start - cursor
    }

    private mutating func away(_ nights: Int) {
        if random.chance(45) { return skip(nights) }
        before(random.pick(Self.notHomeless + Self.hidden), nights: nights)
    }

    private mutating func skip(_ nights: Int) {
        cursor = cursor.adding(days: -nights)
        daysLeft -= nights
    }

    /// Goes back to a day or two either side of where the window starts, unless that day has gone by.
    private mutating func moveToWindowEdge(years: Int) {
        let edge = asOf.minusYears(years).adding(days: random.number(0...3))
        if edge < cursor { skip(cursor - edge) }
    }

    /// A stay that ends at the cursor; one that reaches the as-of night may be open, or end later.
    private mutating func before(_ kind: Kind, nights: Int) {
        guard nights > 0, daysLeft > 0, stays.count < Self.staysMax else { return }
        let start = cursor.adding(days: -nights)
        var end: CivilDate? = cursor
        if cursor > asOf, random.chance(75) {
            end = random.chance(85) ? nil : cursor.adding(days: random.number(1...300))
        }
        stays.append(.init(kind: kind, start: start, end: end))
        skip(nights)
    }

    private mutating func addNoise() {
        for noise in 0..<7 where stays.count < Self.staysMax && random.chance(9) {
            switch noise {
            case 0: stays.append(contentsOf: stays.prefix(1))
            case 1: addAnyStay()
            case 2: addStayOfNoNight()
            case 3: addFutureStay()
            case 4: leaveOneOpen()
            case 5: splitOne()
            default: addLeapStay()
            }
        }
    }

    private mutating func addAnyStay() {
        let kind = random.pick(Kind.allCases + Self.literal + Self.literal)
        let start = asOf.adding(days: random.number(-1600...20))
        let nights = random.pick([0, 1, 6, 7, 30, 89, 90, 180, 365, random.number(1...700)])
        stays.append(.init(kind: kind, start: start, end: random.chance(15) ? nil : start.adding(days: nights)))
    }

    private mutating func addStayOfNoNight() {
        let day = asOf.adding(days: -random.number(0...400))
        stays.append(.init(kind: random.pick(Kind.allCases), start: day, end: day))
    }

    private mutating func addFutureStay() {
        let start = asOf.adding(days: random.number(1...10))
        let end = random.chance(50) ? nil : start.adding(days: random.number(0...90))
        stays.append(.init(kind: random.pick(Kind.allCases), start: start, end: end))
    }

    /// A record that nobody closed.
    private mutating func leaveOneOpen() {
        guard !stays.isEmpty else { return }
        stays[random.number(0...(stays.count - 1))].end = nil
    }

    private mutating func splitOne() {
        guard !stays.isEmpty else { return }
        let index = random.number(0...(stays.count - 1)), stay = stays[index]
        guard let end = stay.end, end - stay.start > 1 else { return }
        let middle = stay.start.adding(days: random.number(1...(end - stay.start - 1)))
        stays[index].end = middle
        stays.append(.init(kind: stay.kind, start: middle, end: end))
    }

    private mutating func addLeapStay() {
        let year = asOf.month.year - random.number(0...4)
        let edge = RandomStays.leapEdge(in: year, using: &random)
        guard edge <= asOf else { return }
        let kind = random.pick(Kind.allCases + Self.literal)
        let nights = random.number(1...3)
        let start = random.chance(50) ? edge : edge.adding(days: -nights)
        stays.append(.init(kind: kind, start: start, end: start.adding(days: nights)))
    }
}
