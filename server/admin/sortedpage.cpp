#include "server/admin/sortedpage.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <tuple>

using namespace Qt::StringLiterals;

namespace dialogue::admin {

bool SortKey::isBefore(const SortKey &other) const
{
    return std::tie(number, text, id) < std::tie(other.number, other.text, other.id);
}

QString cursorAt(const SortKey &key)
{
    const QJsonArray place{key.number, key.text, key.id};
    return QString::fromLatin1(QJsonDocument(place)
                                   .toJson(QJsonDocument::Compact)
                                   .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

Result<SortKey> keyAt(const QString &cursor)
{
    const QByteArray text = QByteArray::fromBase64(cursor.toLatin1(), QByteArray::Base64UrlEncoding);
    const QJsonArray place = QJsonDocument::fromJson(text).array();
    if (place.size() != 3 || !place[0].isDouble() || !place[1].isString() || !place[2].isString())
        return Error{ErrorCode::InvalidRequest, u"must be `next` of another page"_s, u"after"_s};
    return SortKey{.number = place[0].toDouble(), .text = place[1].toString(), .id = place[2].toString()};
}

SortedPage::SortedPage(std::optional<SortKey> after, int limit, bool descending)
    : m_after(std::move(after))
    , m_limit(std::size_t(limit))
    , m_descending(descending)
{ }

void SortedPage::offer(SortKey &&key)
{
    ++m_offered;
    if (m_after && !comesBefore(*m_after, key))
        return;
    const auto order = [this](const SortKey &a, const SortKey &b) { return comesBefore(a, b); };
    if (m_keys.size() == m_limit + 1) {
        if (!comesBefore(key, m_keys.front()))
            return;
        std::pop_heap(m_keys.begin(), m_keys.end(), order);
        m_keys.pop_back();
    }
    m_keys.push_back(std::move(key));
    std::push_heap(m_keys.begin(), m_keys.end(), order);
}

std::vector<SortKey> SortedPage::take()
{
    std::sort_heap(m_keys.begin(), m_keys.end(),
                   [this](const SortKey &a, const SortKey &b) { return comesBefore(a, b); });
    if (hasMore())
        m_keys.pop_back();
    return std::move(m_keys);
}

} // namespace dialogue::admin
