#include "core/json/parsed.h"
#include "core/schema/compile/compiler.h"
#include "core/schema/run/canonical.h"
#include "core/schema/run/words.h"

#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dialogue::schema {

namespace {

using Type = Json::Type;

/** What \a value is, for who did not write the number that is expected. */
QString found(const Json &value)
{
    if (value.type == Type::String)
        return u"the text \"%1\""_s.arg(words::value(value.text));
    return words::value(value.text);
}

std::optional<qsizetype> readCount(Compiler &compiler, const Json &value, const Context &context)
{
    const auto number = value.type == Type::Double
        ? Decimal::fromJson({value.text.data(), std::size_t(value.text.size())})
        : std::nullopt;
    if (!number || !number->isInteger() || number->isNegative()) {
        compiler.fail(value, context, u"must be a whole number of at least 0, not %1"_s.arg(found(value)));
        return {};
    }
    constexpr qsizetype MoreThanThereIs = Count::Unbounded / 2; // bytes
    return qsizetype(std::min(value.text.toDouble(), double(MoreThanThereIs)));
}

void readLeast(Count &to, Compiler &compiler, const Json &value, const Context &context)
{
    to.least = readCount(compiler, value, context).value_or(0);
}

void readMost(Count &to, Compiler &compiler, const Json &value, const Context &context)
{
    to.most = readCount(compiler, value, context).value_or(0);
}

/** A note where \a value is a number that not everybody will read as the same one. */
void noteDigits(Compiler &compiler, const Json &value, const Context &context)
{
    const auto exact = value.type == Type::Double
        ? Decimal::fromJson({value.text.data(), std::size_t(value.text.size())})
        : std::nullopt;
    const QByteArray text = QByteArray::number(value.text.toDouble(), 'g', QLocale::FloatingPointShortest);
    const auto nearest = Decimal::fromJson({text.data(), std::size_t(text.size())});
    if (exact && nearest && *exact != *nearest)
        compiler.note(SchemaNote::MoreThanADouble, value, context, text);
}

void readBound(Bound::Kind kind, Compiler &compiler, const Json &value, const Context &context)
{
    const QByteArray text = value.text.toByteArray();
    const auto limit = value.type == Type::Double ? Decimal::fromJson({text.data(), std::size_t(text.size())})
                                                  : std::nullopt;
    if (!limit)
        return compiler.fail(value, context, u"must be a number, not %1"_s.arg(found(value)));
    noteDigits(compiler, value, context);
    in(context.node.number).bounds.push_back({kind, text, *limit});
}

std::unique_ptr<Values> valuesOf(const std::vector<const Json *> &list)
{
    auto values = std::make_unique<Values>();
    for (const Json *value : list) {
        values->texts += value->text.toByteArray();
        if (value->type == Type::String) {
            values->strings.add(value->string);
            continue;
        }
        QByteArray canonical;
        appendCanonical(canonical, value->text.begin(), value->text.end());
        values->others.add(canonical);
    }
    return values;
}

/** The names in \a value; an error where it is no list of such. */
QList<QByteArray> namesIn(Compiler &compiler, const Json &value, const Context &context)
{
    QList<QByteArray> names;
    for (const Json &item : value.items) {
        if (item.type != Type::String)
            compiler.fail(value, context, u"must be a list of member names"_s);
        names += item.string;
    }
    if (value.type != Type::Array)
        compiler.fail(value, context, u"must be a list of member names"_s);
    return names;
}

} // namespace

void readType(Compiler &compiler, const Json &value, const Context &context)
{
    static const QHash<QByteArray, unsigned> known{{"string", types::String}, {"number", types::Number},
                                                   {"integer", types::Whole}, {"boolean", types::Boolean},
                                                   {"object", types::Object}, {"array", types::Array},
                                                   {"null", types::Null}};
    unsigned allowed = 0;
    const auto add = [&](const Json &name) {
        const unsigned type = name.type == Type::String ? known.value(name.string) : 0;
        if (type == 0)
            compiler.fail(value, context,
                          u"must be one of: string, number, integer, boolean, object, array, null"_s);
        allowed |= type;
    };
    if (value.type != Type::Array)
        add(value);
    for (const Json &name : value.items)
        add(name);
    if (value.type == Type::Array && value.items.empty())
        compiler.fail(value, context, u"must name at least one type"_s);
    context.node.types &= allowed;
}

void readEnum(Compiler &compiler, const Json &value, const Context &context)
{
    if (value.type != Type::Array)
        return compiler.fail(value, context, u"must be a list of values"_s);
    std::vector<const Json *> list;
    for (const Json &item : value.items) {
        noteDigits(compiler, item, context);
        list.push_back(&item);
    }
    context.node.values = valuesOf(list);
}

void readConst(Compiler &compiler, const Json &value, const Context &context)
{
    noteDigits(compiler, value, context);
    context.node.constant = valuesOf({&value});
    context.node.constant->isConst = true;
}

void readMinLength(Compiler &compiler, const Json &value, const Context &context)
{
    readLeast(in(context.node.string).length, compiler, value, context);
}

void readMaxLength(Compiler &compiler, const Json &value, const Context &context)
{
    readMost(in(context.node.string).length, compiler, value, context);
}

void readPattern(Compiler &compiler, const Json &value, const Context &context)
{
    if (value.type != Type::String)
        return compiler.fail(value, context, u"must be a regular expression, as a string"_s);
    in(context.node.string).pattern = compiler.expression(json::fromUtf8(value.string), value, context);
}

void readFormat(Compiler &compiler, const Json &value, const Context &context)
{
    if (value.type != Type::String)
        return compiler.fail(value, context, u"must be a string"_s);
    if (value.string == "binary") {
        context.node.attachment = true;
        return;
    }
    const QString name = json::fromUtf8(value.string);
    StringRules &rules = in(context.node.string);
    rules.format = formatOf(name);
    rules.formatName = name;
    if (!rules.format)
        compiler.note(SchemaNote::UnknownFormat, value, context, value.string);
}

void readMinimum(Compiler &compiler, const Json &value, const Context &context)
{
    readBound(Bound::Minimum, compiler, value, context);
}

void readMaximum(Compiler &compiler, const Json &value, const Context &context)
{
    readBound(Bound::Maximum, compiler, value, context);
}

void readExclusiveMinimum(Compiler &compiler, const Json &value, const Context &context)
{
    readBound(Bound::ExclusiveMinimum, compiler, value, context);
}

void readExclusiveMaximum(Compiler &compiler, const Json &value, const Context &context)
{
    readBound(Bound::ExclusiveMaximum, compiler, value, context);
}

void readMultipleOf(Compiler &compiler, const Json &value, const Context &context)
{
    const auto divisor = value.type == Type::Double
        ? Decimal::fromJson({value.text.data(), std::size_t(value.text.size())})
        : std::nullopt;
    if (!divisor || divisor->isZero() || divisor->isNegative())
        return compiler.fail(value, context, u"must be a number above 0, not %1"_s.arg(found(value)));
    readBound(Bound::MultipleOf, compiler, value, context);
}

void readMinItems(Compiler &compiler, const Json &value, const Context &context)
{
    readLeast(in(context.node.array).count, compiler, value, context);
}

void readMaxItems(Compiler &compiler, const Json &value, const Context &context)
{
    readMost(in(context.node.array).count, compiler, value, context);
}

void readMinContains(Compiler &compiler, const Json &value, const Context &context)
{
    readLeast(in(context.node.array).containsCount, compiler, value, context);
}

void readMaxContains(Compiler &compiler, const Json &value, const Context &context)
{
    readMost(in(context.node.array).containsCount, compiler, value, context);
}

void readUniqueItems(Compiler &compiler, const Json &value, const Context &context)
{
    if (value.type != Type::Bool)
        compiler.fail(value, context, u"must be true or false"_s);
    in(context.node.array).unique = value.isTrue();
}

void readMinProperties(Compiler &compiler, const Json &value, const Context &context)
{
    readLeast(in(context.node.object).count, compiler, value, context);
}

void readMaxProperties(Compiler &compiler, const Json &value, const Context &context)
{
    readMost(in(context.node.object).count, compiler, value, context);
}

void readRequired(Compiler &compiler, const Json &value, const Context &context)
{
    Names &names = in(context.node.object).names;
    const QList<QByteArray> required = namesIn(compiler, value, context);
    for (const QByteArray &name : required)
        names.members[names.add(name)].required = true;
}

void readDependentRequired(Compiler &compiler, const Json &value, const Context &context)
{
    if (value.type != Type::Object)
        compiler.fail(value, context, u"must be an object whose members are lists of names"_s);
    Names &names = in(context.node.object).names;
    for (const auto &[name, needed] : value.members) {
        const std::size_t member = names.add(name);
        const QList<QByteArray> others = namesIn(compiler, needed, context);
        for (const QByteArray &other : others) {
            const std::size_t index = names.add(other);
            names.members[member].needs.push_back(index);
        }
    }
}

void readDefault(Compiler &, const Json &value, const Context &context)
{
    context.node.defaultText = value.text.toByteArray();
}

} // namespace dialogue::schema
