import ByNameList
import HTTP
import JSON
import Store
import Views

/// How many have to move in each month to come down to a target.
enum HousingTargetEndpoint {
    /// A list that nobody has, so that no sum of it overflows.
    private static let peopleMax = 1_000_000
    private static let monthsMax = 1_200

    static func target(_ service: Service, _ call: Call) async throws -> Response {
        let read = try call.parameters { parameters in
            (
                population: parameters.population() ?? Population.all.code, unit: parameters.unit() ?? .persons,
                target: parameters.required("target", must: "be a whole number from 0 on") { text in
                    Int(text).flatMap { (0...peopleMax).contains($0) ? $0 : nil }
                },
                months: parameters.required("months", must: "be a whole number from 1 to \(monthsMax)") { text in
                    Int(text).flatMap { (1...monthsMax).contains($0) ? $0 : nil }
                }
            )
        }
        guard let target = read.target, let months = read.months else { throw Problem(.invalidFields) }
        let calendar = service.store.calendar
        do {
            let answer = try await service.store.ask { reader in
                try HousingTargetQuestion(
                    population: read.population, unit: read.unit, target: target, months: months, today: call.today,
                    now: call.startOfToday(calendar)
                ).answer(reader, community: try reader.community(call.community.code), calendar: calendar)
            }
            return Answers.json(bytes: JSONWriter.bytes(of: answer))
        } catch let problem as HousingTargetProblem {
            throw Problem(.invalidFields, errors: [field(problem)])
        }
    }

    private static func field(_ problem: HousingTargetProblem) -> FieldProblem {
        switch problem {
        case .noMonths: FieldProblem("months", "must be at least 1")
        case .targetReached(let active):
            FieldProblem("target", "must be less than the \(active) who are actively homeless")
        case .moreMoveInsThanOutflow(let month):
            FieldProblem("population", "has more move-ins than outflow in \(month)")
        }
    }
}
