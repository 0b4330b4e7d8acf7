#include "core/schema/validator/keyword_p.h"

#include "core/schema/rules_p.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace dialogue::schema {

namespace {

Check typeCheck(const QJsonValue &types)
{
    return [types = types.toArray()](const Instance &instance) {
        // Only of numbers does a type ask more than what kind of value they are: whether they are whole.
        const QJsonValue::Type type = instance.type();
        const QJsonValue value
            = type == QJsonValue::Double ? QJsonValue(instance.number()) : QJsonValue(type);
        return std::any_of(types.begin(), types.end(),
                           [&value](const QJsonValue &name) { return isOfType(value, name.toString()); });
    };
}

Check enumCheck(const QJsonValue &values)
{
    return
        [values = values.toArray()](const Instance &instance) { return values.contains(instance.toJson()); };
}

template <class Holds>
Check stringCheck(Holds holds)
{
    return [holds = std::move(holds)](const Instance &instance) {
        return instance.type() != QJsonValue::String || holds(instance.text());
    };
}

/** Code points of UTF-8; valijson's count ends at the first NUL, and so would a limit. */
qint64 codePointsOf(const std::string &text)
{
    return std::count_if(text.begin(), text.end(),
                         [](char c) { return (static_cast<uchar>(c) & 0xC0) != 0x80; });
}

Check minLengthCheck(const QJsonValue &least)
{
    return stringCheck(
        [least = least.toInteger()](const std::string &text) { return codePointsOf(text) >= least; });
}

Check maxLengthCheck(const QJsonValue &most)
{
    return stringCheck(
        [most = most.toInteger()](const std::string &text) { return codePointsOf(text) <= most; });
}

Check patternCheck(const QJsonValue &pattern)
{
    return stringCheck([expression = toRegularExpression(pattern.toString())](const std::string &text) {
        return expression.match(QString::fromStdString(text)).hasMatch();
    });
}

Check formatCheck(const QJsonValue &format)
{
    return stringCheck([format = format.toString()](const std::string &text) {
        return holdsFormat(QString::fromStdString(text), format);
    });
}

Check multipleOfCheck(const QJsonValue &divisor)
{
    return [divisor = divisor.toDouble()](const Instance &instance) {
        return instance.type() != QJsonValue::Double || isMultipleOf(instance.number(), divisor);
    };
}

Check uniqueItemsCheck(const QJsonValue &)
{
    return [](const Instance &instance) {
        return instance.type() != QJsonValue::Array || isUnique(instance.toJson().toArray());
    };
}

} // namespace

QList<Keyword> assertionKeywords()
{
    return {{"dialogue:type", typeCheck},
            {"dialogue:enum", enumCheck},
            {"dialogue:minLength", minLengthCheck},
            {"dialogue:maxLength", maxLengthCheck},
            {"dialogue:pattern", patternCheck},
            {"dialogue:format", formatCheck},
            {"dialogue:multipleOf", multipleOfCheck},
            {"dialogue:uniqueItems", uniqueItemsCheck}};
}

} // namespace dialogue::schema
