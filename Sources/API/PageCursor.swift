import ByNameList
import CivilTime
import Store

/// Where a page ended, in the text that a client hands back for the next one.
///
/// Nothing in it is secret or to be trusted: what a client makes up is another place of the list that it may read.
enum PageCursor {
    static func text(of place: ListPlace, ids: PublicIDs) -> String {
        let person = ids.text(of: place.person)
        return place.projected.map { "\($0).\(person)" } ?? person
    }

    static func place(_ text: String, order: ListOrder, ids: PublicIDs) -> ListPlace? {
        switch order {
        case .record: return ids.person(text).map { ListPlace($0) }
        case .projectedChronic:
            let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, let day = CivilDate(parts[0]), let person = ids.person(parts[1]) else { return nil }
            return ListPlace(person, projected: day)
        }
    }

    /// Of the worklist, whose entries are numbered as they come.
    static func text(ofEntry number: Int64) -> String { String(number, radix: 36) }

    static func entry(_ text: String) -> Int64? { Int64(text, radix: 36) }
}
