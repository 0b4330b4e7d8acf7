#include "server/admin/accounthook.h"

#include "core/base/foreigntext.h"
#include "core/base/logging.h"
#include "server/rooms/hubparts.h"

#include <QRegularExpression>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace dialogue::admin {

namespace {

/** As of an account of a configuration. */
bool isName(const QString &name)
{
    static const QRegularExpression pattern(u"\\A[A-Za-z0-9._@-]{1,64}\\z"_s);
    return pattern.match(name).hasMatch();
}

Result<Account> accountOf(const Result<AdminIdentity> &answer, const QHostAddress &address)
{
    if (!answer)
        return answer.error();
    const std::optional<AdminRole> role = roleCalled(answer->role);
    const bool areRooms = std::ranges::none_of(answer->rooms, &QString::isEmpty);
    if (!role || !isName(answer->name) || !areRooms) {
        // Its mistake, and nothing that a stranger is to be told.
        qCWarning(lcAuth).noquote() << "Hooks::adminAccount answered with the name" << quoted(answer->name)
                                    << "and the role" << quoted(answer->role)
                                    << "where the names and the roles of a configuration are expected, and "
                                       "rooms with a name; nobody comes in";
        return Error{ErrorCode::Unauthorized, u"The server knows no such account"_s};
    }
    return Account{
        .name = answer->name, .role = *role, .rooms = answer->rooms, .address = address, .isHooks = true};
}

} // namespace

AccountHook::AccountHook(HubParts &parts)
    : m_parts(parts)
{ }

bool AccountHook::isSet() const { return m_parts.hooks.adminAccount || m_parts.hooks.adminAccountLater; }

void AccountHook::ask(SocketId socket, const AdminLogin &login, const Told &told)
{
    const QHostAddress address = login.handshake.address;
    if (m_parts.hooks.adminAccount)
        return told(accountOf(m_parts.hooks.adminAccount(login), address));
    PendingAnswers &answers = m_parts.answers;
    if (const auto allowed = answers.mayAsk(); !allowed)
        return told(allowed.error());
    std::stop_source stop;
    const Answer<AdminIdentity> answer = m_parts.hooks.adminAccountLater(login, stop.get_token());
    if (answer.isReady())
        return told(accountOf(answers.resultOf(answer), address));
    m_waiting[socket] = answers.wait<AdminIdentity>(
        answer, std::move(stop), [this, socket, address, told](Result<AdminIdentity> &&identity) {
            const CallDepth::Scope scope(m_parts.calls);
            const auto ended = m_waiting.extract(socket); // It outlives what holds this.
            const Told last = told;
            last(accountOf(identity, address));
        });
}

} // namespace dialogue::admin
