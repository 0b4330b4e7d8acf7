#include "console/model/jsonvalue.h"

#include "core/json/cursor.h"
#include "core/json/parsed.h"

namespace dialogue::console {

namespace {

std::optional<QString> unescapedPart(QStringView part)
{
    QString text;
    for (qsizetype i = 0; i < part.size(); ++i) {
        if (part[i] != u'~') {
            text += part[i];
            continue;
        }
        if (++i == part.size() || (part[i] != u'0' && part[i] != u'1'))
            return std::nullopt;
        text += part[i] == u'0' ? u'~' : u'/';
    }
    return text;
}

/** Of several members of one name the last one is it. */
QByteArrayView memberOf(QByteArrayView object, const QString &name)
{
    const QByteArray wanted = name.toUtf8();
    QByteArrayView found;
    json::Cursor in(object, json::MaxWrappedDepth);
    for (bool more = in.enterObject(); more; more = in.nextMember()) {
        const json::StringToken key = in.key();
        const QByteArrayView value = in.skip();
        if (key.is(wanted) || (key.escaped && key.decoded() == name))
            found = value;
    }
    return found;
}

QByteArrayView itemOf(QByteArrayView array, const QString &number)
{
    bool isNumber = false;
    const int wanted = number.toInt(&isNumber);
    // As RFC 6901 has it: no sign, no zero in front.
    if (!isNumber || wanted < 0 || number != QString::number(wanted))
        return {};
    json::Cursor in(array, json::MaxWrappedDepth);
    int index = 0;
    for (bool more = in.enterArray(); more; more = in.nextItem(), ++index) {
        const QByteArrayView value = in.skip();
        if (index == wanted)
            return value;
    }
    return {};
}

QVariant variantOf(QByteArrayView json)
{
    using Type = json::Cursor::Type;
    json::Cursor in(json, json::MaxWrappedDepth);
    switch (in.type()) {
    case Type::String: {
        const auto token = in.string();
        return token ? QVariant(token->decoded()) : QVariant();
    }
    case Type::Double: {
        bool isInteger = false;
        const qint64 integer = json.toLongLong(&isInteger);
        if (isInteger)
            return integer;
        const auto number = in.number();
        return number ? QVariant(*number) : QVariant();
    }
    case Type::Bool:
        return in.skip() == "true";
    case Type::Null:
        return QVariant::fromValue(nullptr);
    case Type::Array:
    case Type::Object:
        return json::fromUtf8(json);
    case Type::Undefined:
        break;
    }
    return {};
}

} // namespace

std::optional<QStringList> partsOfPointer(const QString &pointer)
{
    QStringList parts;
    if (pointer.isEmpty())
        return parts;
    if (!pointer.startsWith(u'/'))
        return std::nullopt;
    for (const QStringView part : QStringView(pointer).sliced(1).split(u'/')) {
        const auto text = unescapedPart(part);
        if (!text)
            return std::nullopt;
        parts.append(*text);
    }
    return parts;
}

QVariant valueAt(QByteArrayView json, const QStringList &parts)
{
    QByteArrayView value = json.trimmed();
    for (const QString &part : parts) {
        const auto type = json::Cursor(value).type();
        if (type == json::Cursor::Type::Object)
            value = memberOf(value, part);
        else if (type == json::Cursor::Type::Array)
            value = itemOf(value, part);
        else
            return {};
    }
    return variantOf(value);
}

} // namespace dialogue::console
