#pragma once

#include "core/filter/filter.h"
#include "server/admin/account.h"

#include <QByteArray>
#include <QStringList>

namespace dialogue {
class ConnectedClient;
class Room;
} // namespace dialogue

namespace dialogue::admin {

/** Which rows of a list are wanted, by what stands in them: `transport == "polling" && rooms == 0`. It sees
 * what the account sees, so that nothing is found out by it: pseudonyms, and of its rooms alone. */
class RowFilter
{
public:
    RowFilter() = default; ///< Wants all.
    /** InvalidRequest, of `where`. */
    [[nodiscard]] static Result<RowFilter> ofRooms(const QString &text);
    [[nodiscard]] static Result<RowFilter> ofClients(const QString &text);

    [[nodiscard]] bool isEmpty() const { return m_filter.isEmpty(); }
    [[nodiscard]] bool wants(const Room &room) const;
    [[nodiscard]] bool wants(const ConnectedClient &client, const Account &account,
                             const QByteArray &salt) const;

private:
    [[nodiscard]] static Result<RowFilter> of(const QStringList &names, const QString &text);

    Filter m_filter;
};

} // namespace dialogue::admin
