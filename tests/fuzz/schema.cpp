#include "core/schema/schema.h"
#include "core/json/parsed.h"
#include "tests/fuzz/require.h"

#include <QJsonArray>

using namespace dialogue;

/** The input is a schema document and data, as two items of a JSON list. */
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QJsonArray input = json::parsed(fuzz::view(data, size).toByteArray()).array();
    if (input.size() < 2)
        return 0;
    const auto schema = Schema::fromJson(input.at(0).toObject());
    if (!schema) {
        fuzz::require(!schema.error().message.isEmpty());
        return 0;
    }
    const auto result = schema->validate(input.at(1));
    JsonData passing = JsonData::fromText(JsonData(input.at(1)).text());
    fuzz::require(schema->admit(passing).has_value() == result.has_value());
    fuzz::require(passing == input.at(1));
    // Where several schemas apply, results are remembered, and the verdict is the same; references would lead
    // elsewhere.
    if (!fuzz::view(data, size).contains("$ref")) {
        const QJsonObject document = schema->toJson();
        QJsonObject wrapped{{QStringLiteral("allOf"), QJsonArray{document, document}}};
        if (document.contains(QStringLiteral("$schema")))
            wrapped.insert(QStringLiteral("$schema"), document.value(QStringLiteral("$schema")));
        if (const auto twice = Schema::fromJson(wrapped))
            fuzz::require(twice->validate(input.at(1)).has_value() == result.has_value());
    }
    if (!result) {
        fuzz::require(result.error().path.startsWith(u"data"));
        fuzz::require(!result.error().message.isEmpty());
    }
    return 0;
}
