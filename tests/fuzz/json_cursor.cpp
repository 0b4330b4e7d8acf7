#include "core/json/cursor.h"
#include "core/json/jsondata.h"
#include "core/json/parsed.h"
#include "tests/fuzz/require.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace dialogue;

namespace {

/** Walks \a cursor over the value \a expected, member by member. */
void compare(json::Cursor &cursor, const QJsonValue &expected)
{
    using Type = json::Cursor::Type;
    switch (cursor.type()) {
    case Type::Object: {
        const QJsonObject object = expected.toObject();
        QSet<QString> keys;
        for (bool more = cursor.enterObject(); more; more = cursor.nextMember()) {
            const QString key = cursor.key().decoded();
            fuzz::require(cursor.key().length() == key.toUcs4().size());
            fuzz::require(object.contains(key));
            keys.insert(key);
            cursor.skip();
        }
        fuzz::require(keys.size() == object.size());
        return;
    }
    case Type::Array: {
        const QJsonArray array = expected.toArray();
        qsizetype count = 0;
        for (bool more = cursor.enterArray(); more; more = cursor.nextItem())
            compare(cursor, array.at(count++));
        fuzz::require(count == array.size());
        return;
    }
    case Type::String: {
        const auto token = cursor.string();
        fuzz::require(token && token->decoded() == expected.toString());
        fuzz::require(token->length() == expected.toString().toUcs4().size());
        return;
    }
    case Type::Double:
        fuzz::require(cursor.number() == expected.toDouble());
        return;
    case Type::Bool:
        fuzz::require(expected.isBool() && (cursor.skip() == "true") == expected.toBool());
        return;
    case Type::Null:
        fuzz::require(expected.isNull() && cursor.skip() == "null");
        return;
    case Type::Undefined:
        break;
    }
    fuzz::require(false);
}

} // namespace

/** The input is JSON, or not: what the cursor reads is what QJsonDocument reads. */
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray text = fuzz::view(data, size).toByteArray();
    QJsonParseError failure;
    const QJsonArray wrapped = json::parsed('[' + text + ']', &failure).array();
    const auto checked = json::check(text);
    if (!checked) {
        fuzz::require(!checked.error().message.isEmpty());
        // What QJsonDocument writes itself has none of the liberties it takes in reading.
        if (failure.error == QJsonParseError::NoError && wrapped.size() == 1)
            fuzz::require(
                json::check(QJsonDocument(wrapped).toJson(QJsonDocument::Compact), 2000).has_value());
        return 0;
    }
    fuzz::require(failure.error == QJsonParseError::NoError && wrapped.size() == 1);
    const JsonData read = JsonData::fromText(text);
    fuzz::require(read.type() == wrapped.at(0).type());
    fuzz::require(read.value() == wrapped.at(0));
    json::Cursor cursor(text);
    compare(cursor, wrapped.at(0));
    fuzz::require(cursor.atEnd());
    return 0;
}
