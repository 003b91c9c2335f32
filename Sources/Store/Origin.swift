/// Who writes, for which community, from which source: the same for all facts of a change.
package struct Origin: Hashable, Sendable {
    package let community: Int64
    package let actor: Int64
    package let source: Int64
    package let isImport: Bool

    package init(community: Int64, actor: Int64, source: Int64, isImport: Bool) {
        self.community = community
        self.actor = actor
        self.source = source
        self.isImport = isImport
    }
}
