#include "core/schema/schema.h"
#include "core/json/cursor.h"
#include "tests/fuzz/require.h"

#include <QJsonArray>

#include <algorithm>
#include <cstdio>
#include <optional>
#include <utility>

using namespace dialogue;

namespace {

/** The most steps for a byte that were come to; told at the end. */
struct Worst
{
    double stepsPerByte = 0;

    Worst() = default;
    ~Worst() { std::fprintf(stderr, "the most steps for a byte: %.1f\n", stepsPerByte); }
    Q_DISABLE_COPY_MOVE(Worst)
};

/** Both items of a list, as they are written. */
std::optional<std::pair<QByteArray, QByteArray>> readInput(QByteArrayView text)
{
    if (!json::check(text))
        return {};
    json::Cursor in(text);
    if (!in.enterArray())
        return {};
    const QByteArray schema = in.skip().toByteArray();
    if (!in.nextItem())
        return {};
    return std::pair(schema, in.skip().toByteArray());
}

/** The budget, four steps for each byte, and what the last step added, which is of the size of both. */
void requireBounded(const Schema &schema, const QByteArray &document, const QByteArray &data)
{
    static Worst worst;
    for (const int most : {0, 1000, DefaultValidationSteps}) {
        const qint64 allowed = most + 4 * data.size();
        const qint64 last = allowed / 16 + document.size() + (data.size() + 16) * (document.size() + 16) / 16;
        const qint64 taken = schema.stepsFor(JsonData::fromText(data), most);
        fuzz::require(taken <= allowed + last);
        worst.stepsPerByte = std::max(worst.stepsPerByte, double(taken) / double(data.size()));
    }
}

} // namespace

/** The input is a schema document and data, as two items of a JSON list. */
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const auto input = readInput(fuzz::view(data, size));
    if (!input)
        return 0;
    const auto &[document, text] = *input;
    const auto schema = Schema::fromText(document);
    if (!schema) {
        fuzz::require(!schema.error().message.isEmpty());
        return 0;
    }
    requireBounded(*schema, document, text);
    const QJsonValue value = JsonData::fromText(text).value();
    const auto result = schema->validate(value);
    JsonData passing = JsonData::fromText(JsonData(value).text());
    fuzz::require(schema->admit(passing).has_value() == result.has_value());
    fuzz::require(passing == value);
    // Where several schemas apply, results are remembered, and the verdict is the same; references would lead
    // elsewhere.
    if (!fuzz::view(data, size).contains("$ref")) {
        const QJsonObject once = schema->toJson();
        QJsonObject wrapped{{QStringLiteral("allOf"), QJsonArray{once, once}}};
        if (once.contains(QStringLiteral("$schema")))
            wrapped.insert(QStringLiteral("$schema"), once.value(QStringLiteral("$schema")));
        const auto alone = Schema::fromJson(once);
        const auto twice = Schema::fromJson(wrapped);
        if (alone && twice) {
            const auto verdict = alone->validate(value);
            const auto again = twice->validate(value);
            if (again || again.error().code != ErrorCode::LimitReached) // It takes twice the steps.
                fuzz::require(again.has_value() == verdict.has_value());
        }
    }
    if (!result) {
        fuzz::require(result.error().path.startsWith(u"data"));
        fuzz::require(!result.error().message.isEmpty());
        const QList<SchemaFault> &faults = result.error().faults;
        fuzz::require(faults.size() <= 5);
        fuzz::require(faults.isEmpty() || faults.first().message == result.error().message);
    }
    return 0;
}
