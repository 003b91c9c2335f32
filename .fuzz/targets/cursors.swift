// A cursor is refused, or means a place whose own cursor means it again; every place has one.

@testable import ByNameList
@testable import CivilTime
@testable import Store

func check(_ input: [UInt8]) {
    var bytes = input[...]
    func number() -> UInt64 {
        let taken = bytes.prefix(8)
        bytes = bytes.dropFirst(8)
        return taken.reduce(0) { $0 << 8 | UInt64($1) }
    }
    // The text first: a seed of our own key would otherwise stand behind numbers that nobody can write by hand.
    demandSameText(String(decoding: input, as: UTF8.self), PublicIDs(key: (1, 2)))
    let ids = PublicIDs(key: (number(), number()))
    let number = Int64(bitPattern: number())
    // Years that are written with four digits.
    let day = CivilDate(dayNumber: Int32(truncatingIfNeeded: number >> 20) % 700_000)
    demandSameText(String(decoding: bytes, as: UTF8.self), ids)

    for place in [ListPlace(PersonID(number)), ListPlace(PersonID(number), projected: day)] {
        let order: ListOrder = place.projected == nil ? .record : .projectedChronic
        let read = PageCursor.place(PageCursor.text(of: place, ids: ids), order: order, ids: ids)
        demand(read?.person == place.person && read?.projected == place.projected, "a place is lost in its cursor")
        let other: ListOrder = place.projected == nil ? .projectedChronic : .record
        demand(PageCursor.place(PageCursor.text(of: place, ids: ids), order: other, ids: ids) == nil, "read as another")
    }
    demand(PageCursor.entry(PageCursor.text(ofEntry: number)) == number, "an entry is lost in its cursor")
    demand(ids.fact(ids.text(of: FactID(number))) == FactID(number), "a fact is lost in its id")
    demand(ids.person(ids.text(of: FactID(number))) == nil, "a fact is taken for a person")
}

private func demandSameText(_ text: String, _ ids: PublicIDs) {
    for order in ListOrder.allCases {
        guard let place = PageCursor.place(text, order: order, ids: ids) else { continue }
        let again = PageCursor.place(PageCursor.text(of: place, ids: ids), order: order, ids: ids)
        demand(again?.person == place.person && again?.projected == place.projected, "a cursor leads elsewhere")
        demand(PageCursor.text(of: place, ids: ids) == text.uppercased(ofIDsIn: order), "two cursors for one place")
    }
    if let fact = ids.fact(text) { demand(ids.fact(ids.text(of: fact)) == fact, "a fact's id leads elsewhere") }
    if let entry = PageCursor.entry(text) {
        demand(PageCursor.entry(PageCursor.text(ofEntry: entry)) == entry, "an entry's cursor leads elsewhere")
    }
}

extension String {
    /// Ids are read in either case and written in capitals, but for the letter that says of what.
    fileprivate func uppercased(ofIDsIn order: ListOrder) -> String {
        let digits = 13
        return String(dropLast(digits)) + suffix(digits).uppercased()
    }
}
