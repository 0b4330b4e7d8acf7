#pragma once

#include "server/admin/refusalentry.h"

#include <QJsonArray>

#include <deque>
#include <map>

namespace dialogue::admin {

/** What clients were refused lately: the newest of each code, so that a flood of one leaves those of others.
 * Of the thread of consoles. */
class RefusalLog
{
public:
    /** \a salt: of pseudonyms. */
    explicit RefusalLog(QByteArray salt)
        : m_salt(std::move(salt))
    { }

    /** Gives each its number. */
    void add(std::vector<RefusalEntry> &entries);

    struct Page
    {
        QJsonArray rows; ///< The newest first.
        quint64 next = 0; ///< The number to come before; 0: these were the last there are.
    };
    /** As \a account may see them, of those with a lower number than \a before (0: all), in which \a search
     * stands, if anywhere. */
    [[nodiscard]] Page page(quint64 before, int limit, const QString &search, const RefusalScope &scope,
                            const Account &account) const;

    static constexpr std::size_t MostOfACode = 500;
    static constexpr qint64 MostBytes = 4LL * 1024 * 1024; ///< Of all.

private:
    using Entries = std::deque<RefusalEntry>;
    void forgetOldestOf(Entries &entries);

    const QByteArray m_salt;
    std::map<ErrorCode, Entries> m_byCode; ///< The oldest first.
    qint64 m_bytes = 0;
    quint64 m_last = 0;
};

} // namespace dialogue::admin
