#include "server/types/typescripttype.h"

#include "server/types/sourcetext.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QRegularExpression>

#include <cmath>

using namespace Qt::StringLiterals;

namespace dialogue::types {

namespace {

constexpr double ExactInJavaScript = 9007199254740991; ///< Number.MAX_SAFE_INTEGER

bool isExact(double number) { return std::abs(number) <= ExactInJavaScript; }

/** What is unsaid of \a type, and of those parts of it that no comment stands at. */
QStringList allUnsaid(const DataType &type)
{
    QStringList unsaid = type.unsaid;
    for (const DataTypePtr &part : type.parts)
        unsaid += allUnsaid(*part);
    if (type.rest)
        unsaid += allUnsaid(*type.rest);
    return unsaid;
}

bool isPlainName(const QString &name)
{
    static const QRegularExpression plain(u"^[A-Za-z_$][A-Za-z0-9_$]*\\z"_s);
    return plain.match(name).hasMatch();
}

QString deeper(const QString &indent) { return indent + u"    "_s; }

} // namespace

QString TypeScriptType::text(const DataType &type, const QString &indent) const
{
    switch (type.kind) {
        using enum DataType::Kind;
    case Unknown:
        return u"unknown"_s;
    case Never:
        return u"never"_s;
    case Null:
        return u"null"_s;
    case Boolean:
        return u"boolean"_s;
    case Number:
    case Integer:
        return u"number"_s;
    case String:
        return u"string"_s;
    case Attachment:
        return u"Attachment"_s;
    case Literal:
        return literal(type.literal);
    case Array:
        return inParentheses(*type.rest, indent) + u"[]"_s;
    case Tuple:
        return tuple(type, indent);
    case Object:
        return body(type, indent);
    case Union:
        return joined(type, u" | "_s, indent);
    case Intersection:
        return joined(type, u" & "_s, indent);
    case Named:
        break;
    }
    return m_names[type.definition];
}

QStringList TypeScriptType::remarks(const DataType &type)
{
    QStringList remarks{type.about};
    QStringList unsaid = allUnsaid(type);
    unsaid.removeDuplicates();
    if (!unsaid.isEmpty())
        remarks.append(u"The server checks besides: %1."_s.arg(unsaid.join(u", "_s)));
    if (type.kind == DataType::Kind::Object && type.rest && !type.members.isEmpty()
        && type.rest->kind != DataType::Kind::Unknown)
        remarks.append(
            u"The type of other members is wider than the schema: it covers the named ones, too."_s);
    return remarks;
}

QString TypeScriptType::inParentheses(const DataType &type, const QString &indent) const
{
    const QString inner = text(type, indent);
    const bool isJoined = type.kind == DataType::Kind::Union || type.kind == DataType::Kind::Intersection;
    return isJoined ? u'(' + inner + u')' : inner;
}

QString TypeScriptType::joined(const DataType &type, const QString &between, const QString &indent) const
{
    QStringList texts;
    for (const DataTypePtr &part : type.parts) {
        const QString each = inParentheses(*part, indent);
        if (!texts.contains(each))
            texts.append(each);
    }
    return texts.join(between);
}

QString TypeScriptType::tuple(const DataType &type, const QString &indent) const
{
    QStringList items;
    for (qsizetype i = 0; i < type.parts.size(); ++i) {
        const QString item = inParentheses(*type.parts[i], indent);
        items.append(i < type.leastItems ? item : item + u'?');
    }
    if (type.rest->kind != DataType::Kind::Never)
        items.append(u"..."_s + inParentheses(*type.rest, indent) + u"[]"_s);
    return u'[' + items.join(u", "_s) + u']';
}

QString TypeScriptType::literal(const QJsonValue &value) const
{
    switch (value.type()) {
    case QJsonValue::Bool:
        return value.toBool() ? u"true"_s : u"false"_s;
    case QJsonValue::Double:
        return isExact(value.toDouble())
            ? QString::number(value.toDouble(), 'g', QLocale::FloatingPointShortest)
            : u"number"_s;
    case QJsonValue::String:
        return typeScriptString(value.toString());
    case QJsonValue::Array: {
        QStringList items;
        for (const QJsonValue item : value.toArray())
            items.append(literal(item));
        return u'[' + items.join(u", "_s) + u']';
    }
    case QJsonValue::Object: {
        QStringList members;
        const QJsonObject object = value.toObject();
        for (auto member = object.begin(); member != object.end(); ++member)
            members.append(typeScriptString(member.key()) + u": "_s + literal(member.value()));
        return members.isEmpty() ? u"{ [key: string]: never }"_s : u"{ "_s + members.join(u"; "_s) + u" }"_s;
    }
    case QJsonValue::Null:
    case QJsonValue::Undefined:
        break;
    }
    return u"null"_s;
}

QString TypeScriptType::body(const DataType &object, const QString &indent) const
{
    const QString inner = deeper(indent);
    QString lines;
    for (const ObjectMember &member : object.members) {
        lines += comment(remarks(*member.type), inner);
        lines += inner + (isPlainName(member.name) ? member.name : typeScriptString(member.name))
            + (member.isRequired ? u": "_s : u"?: "_s) + text(*member.type, inner) + u";\n"_s;
    }
    const QString more = others(object, inner);
    if (!more.isEmpty())
        lines += inner + u"[key: string]: "_s + more + u";\n"_s;
    return u"{\n"_s + lines + indent + u'}';
}

/** What members are that have no name; empty: nothing is said of them. */
QString TypeScriptType::others(const DataType &object, const QString &indent) const
{
    if (!object.rest) {
        // Of an object that is only one, `{}` would be nearly anything.
        if (!object.members.isEmpty())
            return {};
        return object.isClosed ? u"never"_s : u"unknown"_s;
    }
    // The named ones have to fit in.
    QList<DataTypePtr> kinds{object.rest};
    bool areOptional = false;
    for (const ObjectMember &member : object.members) {
        kinds.append(member.type);
        areOptional = areOptional || !member.isRequired;
    }
    const DataTypePtr all = oneOfTypes(kinds);
    if (all->kind == DataType::Kind::Unknown)
        return u"unknown"_s;
    return text(*all, indent) + (areOptional ? u" | undefined"_s : QString());
}

} // namespace dialogue::types
