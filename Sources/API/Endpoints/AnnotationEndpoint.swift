import ByNameList
import CivilTime
import HTTP
import JSON
import Store

/// What is said about the quality of a month's data, beside its figures.
enum AnnotationEndpoint {
    private static let bytesMax = 2_000

    static func list(_ service: Service, _ call: Call) async throws -> Response {
        try call.parameters { _ in () }
        let month = try call.month()
        let annotations = try await service.store.ask { reader in
            try reader.annotations(of: try reader.community(call.community.code), in: month)
        }
        return Answers.json { object in
            object.field("month", "\(month)")
            object.array("annotations") { array in
                for annotation in annotations {
                    array.object { entry in
                        entry.field("annotation", PageCursor.text(ofEntry: annotation.id))
                        entry.field("population", annotation.population)
                        entry.field("agency", annotation.agency)
                        entry.field("user", annotation.user)
                        entry.field("recorded", "\(annotation.recorded)")
                        entry.field("text", annotation.text)
                    }
                }
            }
        }
    }

    static func add(_ service: Service, _ call: Call) async throws -> Response {
        let month = try call.month()
        try month.refuse(after: call.today)
        let read = try call.body { value, problems in
            problems.object(value) { fields in
                NewAnnotation(
                    month: month, population: fields.optionalString("population", bytesMax: 40),
                    replaces: fields.optionalText(
                        "replaces", must: "be an annotation of this month", PageCursor.entry),
                    text: fields.string("text", bytesMax: bytesMax) ?? "")
            }
        }
        guard !read.text.isEmpty || read.replaces != nil else {
            throw Problem(
                .invalidFields,
                errors: [FieldProblem("/text", "must say something, unless the annotation takes the place of another")])
        }
        if let code = read.population {
            try await service.store.ask { reader in
                _ = try reader.projection(of: try reader.community(call.community.code)).policy.populations.named(code)
            }
        }
        return try await service.once(call) { ledger in
            guard let id = try ledger.annotate(read) else {
                throw Problem(
                    .invalidFields,
                    errors: [FieldProblem("/replaces", "must be an annotation of this month that stands")])
            }
            var writer = JSONWriter()
            writer.object { object in
                object.field("annotation", PageCursor.text(ofEntry: id))
                object.field("month", "\(month)")
            }
            return AnsweredOnce(status: 201, body: writer.bytes, people: [])
        }
    }
}
