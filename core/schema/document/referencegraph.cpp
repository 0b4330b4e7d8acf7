#include "core/schema/document/referencegraph_p.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dialogue::schema {

namespace {

/** References (and allOf, anyOf, ...) in a row that apply to one and the same value. */
constexpr int kMaxHops = 16;

} // namespace

void ReferenceGraph::addReference(const QString &schema, const QString &target, const Place &reference)
{
    m_references.insert(target, reference);
    addSameValue(schema, target);
}

Result<void> ReferenceGraph::check()
{
    for (auto it = m_references.constBegin(); it != m_references.constEnd(); ++it) {
        if (!m_sameValue.contains(it.key()))
            return it->error(u"\"#%1\" is not a schema in this document"_s.arg(it.key()));
    }
    for (auto it = m_references.constBegin(); it != m_references.constEnd(); ++it) {
        if (hopsFrom(it.key(), 0) > kMaxHops)
            return it->error(
                u"\"#%1\" leads back to itself, or through more than %2 references in a row"_s.arg(it.key())
                    .arg(kMaxHops));
    }
    return {};
}

int ReferenceGraph::hopsFrom(const QString &schema, int hops)
{
    if (hops > kMaxHops)
        return hops;
    if (const auto known = m_hops.constFind(schema); known != m_hops.constEnd())
        return *known;
    int most = 0;
    const QStringList next = m_sameValue.value(schema);
    for (const QString &target : next) {
        most = std::max(most, 1 + hopsFrom(target, hops + 1));
        if (most > kMaxHops)
            return most;
    }
    m_hops.insert(schema, most);
    return most;
}

} // namespace dialogue::schema
