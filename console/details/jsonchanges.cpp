#include "console/details/jsonchanges.h"

#include "console/details/jsonparts.h"

#include "core/schema/decimal.h"

#include <QHash>

namespace dialogue::console {

namespace {

constexpr int DeepestCompared = 64;

bool sayTheSame(QByteArrayView one, QByteArrayView other, QJsonValue::Type type)
{
    if (type == QJsonValue::String)
        return jsonStringIn(one) == jsonStringIn(other);
    if (type != QJsonValue::Double)
        return one == other;
    const auto a = schema::Decimal::fromJson({one.data(), std::size_t(one.size())});
    const auto b = schema::Decimal::fromJson({other.data(), std::size_t(other.size())});
    return a && b && *a == *b;
}

class Comparison
{
public:
    void compare(const QString &pointer, QByteArrayView before, QByteArrayView after, int depth)
    {
        if (before == after || m_result.hasMore)
            return;
        const QJsonValue::Type type = jsonTypeOf(before);
        const bool hasParts = type == QJsonValue::Object || type == QJsonValue::Array;
        if (before.isEmpty())
            tell({JsonChange::Kind::Added, pointer, {}, after});
        else if (after.isEmpty())
            tell({JsonChange::Kind::Removed, pointer, before, {}});
        else if (type == jsonTypeOf(after) && hasParts && depth < DeepestCompared)
            compareParts(pointer, before, after, depth);
        else if (type != jsonTypeOf(after) || !sayTheSame(before, after, type))
            tell({JsonChange::Kind::Changed, pointer, before, after});
    }
    [[nodiscard]] JsonChanges take() { return std::move(m_result); }

private:
    void compareParts(const QString &pointer, QByteArrayView before, QByteArrayView after, int depth)
    {
        const std::vector<JsonPart> had = jsonPartsOf(before);
        const std::vector<JsonPart> has = jsonPartsOf(after);
        QHash<QString, QByteArrayView> now; // Of a member that comes twice the last one counts.
        for (const JsonPart &part : has)
            now.insert(part.name, part.text);
        QHash<QString, QByteArrayView> then;
        for (const JsonPart &part : had)
            then.insert(part.name, part.text);
        for (const JsonPart &part : had) {
            if (then.value(part.name).data() == part.text.data())
                compare(pointerTo(pointer, part.name), part.text, now.value(part.name), depth + 1);
        }
        for (const JsonPart &part : has) {
            if (!then.contains(part.name) && now.value(part.name).data() == part.text.data())
                compare(pointerTo(pointer, part.name), {}, part.text, depth + 1);
        }
    }

    void tell(JsonChange change)
    {
        if (m_result.changes.size() < JsonChanges::Most)
            m_result.changes.append(std::move(change));
        else
            m_result.hasMore = true;
    }

    JsonChanges m_result;
};

} // namespace

JsonChanges changesBetween(QByteArrayView before, QByteArrayView after)
{
    Comparison comparison;
    comparison.compare({}, before.trimmed(), after.trimmed(), 0);
    return comparison.take();
}

} // namespace dialogue::console
