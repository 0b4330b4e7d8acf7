#include "cli/admin/adminactions.h"

#include "cli/admin/admintext.h"
#include "core/protocol/admin/names.h"

#include <QUuid>

using namespace Qt::StringLiterals;

namespace dialogue::cli {

namespace {

namespace names = protocol::admin::names;

/** On all that a filter wants: whom it would reach is shown first, and it is done to no more than those. */
void actWhere(AdminSession &session, const Asked &asked, QJsonObject request)
{
    request.insert(u"where"_s, asked.arguments.value(u"where"_s));
    if (asked.arguments.isSet(u"room"_s))
        request.insert(u"room"_s, asked.arguments.value(u"room"_s));
    QJsonObject before = request;
    before.insert(u"dryRun"_s, true);
    session.ask(names::act, before, [&session, &asked, request](const QJsonObject &found) mutable {
        const Printed printed = print(asked.isJson ? adminJson({found}) : foundText(found, asked.style));
        if (printed != Printed::Whole)
            return session.finish(exitCodeOf(printed));
        if (asked.arguments.isSet(u"dry-run"_s))
            return session.finish(ExitOk);
        if (!asked.arguments.isSet(u"yes"_s)) {
            say(u"nothing is done: --yes does it"_s);
            return session.finish(ExitOk);
        }
        request.insert(u"expect"_s, found[u"items"_s]);
        session.ask(names::act, request, [&session, &asked](QJsonObject reply) {
            reply.remove(u"ok"_s);
            const bool isWhole = reply[u"failed"_s].toInteger() == 0;
            const Printed told = print(asked.isJson ? adminJson({reply}) : doneText(reply, asked.style));
            session.finish(told != Printed::Whole || isWhole ? exitCodeOf(told) : ExitFailed);
        });
    });
}

} // namespace

void act(AdminSession &session, const Asked &asked, const QString &action, const QJsonObject &args)
{
    QJsonObject request{{u"id"_s, QUuid::createUuid().toString(QUuid::WithoutBraces)},
                        {u"action"_s, action},
                        {u"args"_s, args}};
    if (asked.arguments.isSet(u"reason"_s))
        request.insert(u"reason"_s, asked.arguments.value(u"reason"_s));
    if (asked.arguments.isSet(u"dry-run"_s))
        request.insert(u"dryRun"_s, true);
    if (asked.arguments.isSet(u"where"_s))
        return actWhere(session, asked, request);
    session.ask(names::act, request, [&session, &asked](const QJsonObject &reply) {
        if (reply[u"dryRun"_s].toBool()) {
            return show(session,
                        asked.isJson
                            ? adminJson({reply})
                            : "would reach " + QByteArray::number(reply[u"reaches"_s].toInteger()) + '\n');
        }
        const QJsonObject result = reply[u"result"_s].toObject();
        show(session,
             result.isEmpty()   ? QByteArray()
                 : asked.isJson ? adminJson({result})
                                : adminFields(result, asked.style));
    });
}

} // namespace dialogue::cli
