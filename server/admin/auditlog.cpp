#include "server/admin/auditlog.h"

#include <QDateTime>
#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dialogue::admin {

namespace {

/** Of a file that is there already so much of its end is read. */
constexpr qint64 LargestTail = 1024LL * 1024;

QByteArray lineOf(const QJsonObject &entry)
{
    return QJsonDocument(entry).toJson(QJsonDocument::Compact) + '\n';
}

/** What was done and to whom stays, and of long texts their beginnings: what is in there is not to be as much
 * as whoever acts likes. */
QJsonValue shortened(const QJsonValue &value, int depth = 0)
{
    constexpr int Deepest = 5;
    constexpr qsizetype MostMembers = 128;
    if (value.isString()) {
        const QString text = value.toString();
        return text.size() <= AuditLog::LongestText
            ? text
            : text.left(AuditLog::LongestText) + u"... (%1 characters)"_s.arg(text.size());
    }
    if (value.isArray()) {
        const QJsonArray all = value.toArray();
        if (depth == Deepest)
            return u"[%1]"_s.arg(all.size());
        QJsonArray some;
        for (qsizetype i = 0; i < std::min(all.size(), MostMembers); ++i)
            some.append(shortened(all[i], depth + 1));
        if (all.size() > MostMembers)
            some.append(u"... (%1)"_s.arg(all.size()));
        return some;
    }
    if (!value.isObject())
        return value;
    const QJsonObject all = value.toObject();
    if (depth == Deepest)
        return u"{%1}"_s.arg(all.size());
    QJsonObject some;
    for (auto it = all.begin(); it != all.end() && some.size() < MostMembers; ++it)
        some.insert(it.key().left(AuditLog::LongestText), shortened(*it, depth + 1));
    return some;
}

} // namespace

AuditLog::AuditLog(const QString &fileName, Added added)
    : m_file(fileName)
    , m_added(std::move(added))
{ }

Result<void> AuditLog::open()
{
    if (m_file.fileName().isEmpty() || m_file.isOpen())
        return {};
    // For its owner's eyes alone, when it is made here; whose it is already, that stays.
    const bool isNew = !m_file.exists();
    if (!m_file.open(QIODevice::ReadWrite | QIODevice::Append | QIODevice::Unbuffered)
        || (isNew && !m_file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner))) {
        return Error{ErrorCode::IoError, u"%1: %2"_s.arg(m_file.fileName(), m_file.errorString()),
                     u"admin.audit"_s};
    }
    if (m_last == 0 && !m_file.isSequential())
        readTail();
    return {};
}

void AuditLog::readTail()
{
    m_file.seek(std::max<qint64>(0, m_file.size() - LargestTail));
    const QByteArray tail = m_file.read(LargestTail);
    m_isTorn = !tail.isEmpty() && !tail.endsWith('\n');
    const QList<QByteArray> lines = tail.split('\n');
    for (const QByteArray &line : lines) {
        const QJsonObject entry = QJsonDocument::fromJson(line).object();
        const qint64 number = entry[u"number"_s].toInteger();
        if (number > 0) // The first may be but the end of one.
            keep(entry, line.size());
        m_last = std::max(m_last, quint64(std::max<qint64>(number, 0)));
    }
}

Result<void> AuditLog::reopen()
{
    m_file.close();
    return open();
}

Result<quint64> AuditLog::add(QJsonObject entry)
{
    entry = shortened(entry).toObject();
    entry.insert(u"number"_s, qint64(m_last + 1));
    entry.insert(u"time"_s, QDateTime::currentMSecsSinceEpoch());
    const QByteArray line = lineOf(entry);
    if (auto written = write(line); !written)
        return written.error();
    keep(entry, line.size());
    if (m_added)
        m_added(entry);
    return ++m_last;
}

Result<void> AuditLog::write(const QByteArray &line)
{
    if (m_file.fileName().isEmpty())
        return {};
    // What was written in part, as the disk was full, is not to spoil the next.
    const QByteArray text = m_isTorn ? '\n' + line : line;
    if (!m_file.isOpen())
        (void)open(); // What was in its place may be gone by now.
    const qint64 written = m_file.isOpen() ? m_file.write(text) : 0;
    if (written == text.size()) {
        m_isTorn = false;
        return {};
    }
    m_isTorn = m_isTorn || written > 0;
    return Error{ErrorCode::Unavailable,
                 u"The audit log cannot be written: %1"_s.arg(m_file.errorString()),
                 {},
                 std::chrono::seconds(5)};
}

void AuditLog::keep(const QJsonObject &entry, qint64 bytes)
{
    m_newest.push_back({entry, bytes});
    m_bytes += bytes;
    while (m_newest.size() > MostInMemory || (m_bytes > MostBytesInMemory && m_newest.size() > 1)) {
        m_bytes -= m_newest.front().bytes;
        m_newest.pop_front();
    }
}

AuditLog::Page AuditLog::page(quint64 before, int limit, const QString &search) const
{
    Page page;
    for (std::size_t i = m_newest.size(); i-- > 0;) {
        const QJsonObject &entry = m_newest[i].entry;
        const auto number = quint64(entry[u"number"_s].toInteger());
        if ((before > 0 && number >= before)
            || (!search.isEmpty() && !QString::fromUtf8(lineOf(entry)).contains(search, Qt::CaseInsensitive)))
            continue;
        if (page.entries.size() == limit) {
            page.next = quint64(page.entries.last()[u"number"].toInteger());
            break;
        }
        page.entries.append(entry);
    }
    return page;
}

} // namespace dialogue::admin
