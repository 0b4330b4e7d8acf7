#pragma once

#include "core/base/result.h"
#include "server/admin/account.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonObject>
#include <QJsonValue>

#include <deque>
#include <functional>

namespace dialogue::admin {

/** Who did what: a line of JSON each, appended to a file where there is one, and the newest in memory. Of the
 * thread of consoles, as it waits for the disk. */
class AuditLog
{
public:
    using Added = std::function<void(const QJsonObject &entry)>;
    /** Empty: in memory alone. \a added hears of each entry, once it is written. */
    explicit AuditLog(const QString &fileName, Added added = {});

    /** IoError, with the name. What a file has already is there then, too. */
    [[nodiscard]] Result<void> open();
    /** It may have been moved, to begin another one in its place. */
    [[nodiscard]] Result<void> reopen();
    /** What it gets besides is its number, and the time. IoError: nothing may be done that would stand here.
     */
    [[nodiscard]] Result<quint64> add(QJsonObject entry);

    struct Page
    {
        QJsonArray entries; ///< The newest first.
        quint64 next = 0; ///< The number to come before; 0: these were the last there are in memory.
    };
    /** Those with a lower number than \a before (0: all) in which \a search stands, if anywhere. */
    [[nodiscard]] Page page(quint64 before, int limit, const QString &search) const;

    static constexpr std::size_t MostInMemory = 1000;
    static constexpr qint64 MostBytesInMemory = 8LL * 1024 * 1024;
    static constexpr qsizetype LongestText
        = 256; ///< Characters of a text in an entry; of a longer one the beginning.

private:
    void readTail();
    [[nodiscard]] Result<void> write(const QByteArray &line);
    struct Kept
    {
        QJsonObject entry;
        qint64 bytes;
    };
    void keep(const QJsonObject &entry, qint64 bytes);

    QFile m_file;
    const Added m_added;
    std::deque<Kept> m_newest; ///< The oldest first.
    qint64 m_bytes = 0; ///< Of these.
    quint64 m_last = 0;
    bool m_isTorn = false; ///< A line was begun that is not whole.
};

} // namespace dialogue::admin
