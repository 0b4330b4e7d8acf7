#include "core/schema/schema.h"
#include "tests/fuzz/require.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace dialogue;

/** The input is a schema document and data, as two items of a JSON list. */
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QJsonArray input = QJsonDocument::fromJson(fuzz::view(data, size).toByteArray()).array();
    const auto schema = Schema::fromJson(input.at(0).toObject());
    if (!schema) {
        fuzz::require(!schema.error().message.isEmpty());
        return 0;
    }
    const auto result = schema->validate(input.at(1));
    if (!result) {
        fuzz::require(result.error().path.startsWith(u"data"));
        fuzz::require(!result.error().message.isEmpty());
    }
    return 0;
}
