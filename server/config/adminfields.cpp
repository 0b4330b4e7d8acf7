// What a file says of who looks into the server and steers it.
#include "server/config/adminfields.h"

#include "server/config/makefield.h"
#include "server/tcp/trustedproxies.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace dialogue::config {

Fields<ServerConfig> adminFields()
{
    using C = ServerConfig;
    const auto of = [](auto member) {
        return [member](auto &config) -> auto & { return config.admin.*member; };
    };
    return {
        secret(choice<C, bool>(
            u"admin.token"_s, {{u"none"_s, false}, {u"generate"_s, true}},
            u"For trying it out: with \"generate\" the server makes a token of an owner when it starts, and says how to come in with it; another each time."_s,
            of(&AdminConfig::generateToken))),
        text<C>(
            u"admin.tokenFile"_s,
            u"The file it is written to, for its owner's eyes alone; left out: one among those of the user that go when he does (XDG_RUNTIME_DIR)."_s,
            of(&AdminConfig::tokenFile)),
        checked(textList<C>(u"admin.from"_s,
                            u"From where anybody may come in at all, as trustedProxies has it."_s,
                            of(&AdminConfig::from), u"."_s, u"an address, a block, or \"loopback\""_s),
                &TrustedProxies::problem),
        flag<C>(
            u"admin.plain"_s,
            u"From beyond this machine, too, without TLS, where passwords and payloads can be read on the way."_s,
            of(&AdminConfig::plain)),
        text<C>(u"admin.host"_s, u"Address of a listener of its own, where `port` says that there is one."_s,
                of(&AdminConfig::host), u"^(?!unix:|systemd$|none$)."_s,
                u"an address such as \"127.0.0.1\""_s),
        number<C>(
            u"admin.port"_s, 0, 65535,
            u"Its TCP port, with TLS where the server has it; 0 takes any free one and says which. The namespace /admin is there, nothing else is, and it is nowhere else. Left out: it is where the clients are."_s,
            of(&AdminConfig::port)),
        text<C>(
            u"admin.audit"_s,
            u"A file that who did what is appended to, in lines of JSON; where it cannot be written nothing is done. Left out: it is in the log, and the last of it in memory."_s,
            of(&AdminConfig::audit)),
        number<C>(u"admin.maxConsoles"_s, 1, 1000, u"Connections that are in /admin at a time."_s,
                  of(&AdminConfig::maxConsoles)),
        number<C>(u"admin.maxWatches"_s, 1, 100, u"What each may watch at a time."_s,
                  of(&AdminConfig::maxWatches)),
        number<C>(
            u"admin.maxTargets"_s, 1, 1'000'000,
            u"Clients or rooms that one action is done to that a filter is for; what wants more is refused."_s,
            of(&AdminConfig::maxTargets)),
        size<C>(
            u"admin.watchBuffer"_s, 64 * KiB, 4 * GiB,
            u"Bytes of events that wait to be looked at for those who watch; what is beyond they are told in number."_s,
            of(&AdminConfig::watchBuffer)),
        size<C>(
            u"admin.timelines"_s, 64 * KiB, 16 * GiB,
            u"What is kept of what became of clients (when they came, joined, were refused something), so that it can be told why somebody did not get an event; beyond it who left first is forgotten first."_s,
            of(&AdminConfig::timelines)),
        duration<C>(u"admin.leavers"_s, 1s, 24h, u"For how long that is kept of who has left."_s,
                    of(&AdminConfig::leavers)),
    };
}

Fields<AdminAccount> adminAccountFields()
{
    using A = AdminAccount;
    const auto of = [](auto member) {
        return [member](auto &config) -> auto & { return config.*member; };
    };
    return {
        text<A>(u"name"_s, u"Who comes in."_s, of(&A::name), u"^[A-Za-z0-9._@-]{1,64}$"_s,
                u"1 to 64 letters, digits and the signs . _ @ -"_s),
        secret(text<A>(
            u"password"_s,
            u"What `dialogue-server admin hash` makes of the password, which stands nowhere; ${VARIABLES} do here as everywhere."_s,
            of(&A::password), u"^\\$scrypt\\$"_s,
            u"a hash that begins with \"$scrypt$\" (dialogue-server admin hash), in quotes"_s)),
        choice<A, AdminRole>(
            u"role"_s,
            {{u"viewer"_s, AdminRole::Viewer},
             {u"inspector"_s, AdminRole::Inspector},
             {u"operator"_s, AdminRole::Operator},
             {u"owner"_s, AdminRole::Owner}},
            u"A viewer sees counters and lists, and what events there are, without payloads and with users masked; an inspector payloads, too, redacted; an operator triggers events and sees to clients; an owner does all."_s,
            of(&A::role)),
        textList<A>(u"rooms"_s, u"Rooms that it is about; one that ends in \"*\" is for all that begin so."_s,
                    of(&A::rooms), u"."_s, u"the id of a room, or \"orders-*\""_s),
    };
}

Fields<RedactionRule> redactionFields()
{
    using R = RedactionRule;
    const auto of = [](auto member) {
        return [member](auto &config) -> auto & { return config.*member; };
    };
    return {
        text<R>(u"room"_s, u"The room, or \"orders-*\"; left out: any."_s, of(&R::room), u"."_s,
                u"the id of a room"_s),
        text<R>(u"event"_s, u"The event, or \"order-*\"; left out: any."_s, of(&R::event), u"."_s,
                u"the name of an event"_s),
        text<R>(
            u"path"_s,
            u"What of its data: a JSON pointer (RFC 6901), in which \"*\" is every member or item: \"/cards/*/number\". Left out: all of it."_s,
            of(&R::path), u"^/([^~]|~[01])*$"_s, u"a JSON pointer such as \"/password\""_s),
        choice<R, RedactionKind>(
            u"as"_s,
            {{u"mask"_s, RedactionKind::Mask},
             {u"remove"_s, RedactionKind::Remove},
             {u"hash"_s, RedactionKind::Hash}},
            u"What is there instead: stars, nothing, or a hash by which equal values are seen to be equal, of this run."_s,
            of(&R::kind)),
    };
}

QString adminAccountsDoc()
{
    return u"Who may come into /admin with a name and a password. Where there are none, and no token, nobody "
           u"may."_s;
}

QString redactionDoc()
{
    return u"What leaves for no console but an owner's who asks for it. What a schema marks by "
           u"\"x-sensitive\": true is masked without a rule."_s;
}

} // namespace dialogue::config
