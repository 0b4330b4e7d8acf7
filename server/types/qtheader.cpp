#include "server/types/qtheader.h"

#include "server/types/cppwords.h"
#include "server/types/qttypes.h"
#include "server/types/sourcetext.h"

using namespace Qt::StringLiterals;

namespace dialogue::types {

namespace {

QString typeOf(const QtMember &member)
{
    return member.isOptional ? u"std::optional<%1>"_s.arg(member.type.text) : member.type.text;
}

QString equality(const QtStruct &made)
{
    if (!made.holdsItself)
        return u"    bool operator==(const %1 &) const = default;\n"_s.arg(made.name);
    QStringList parts;
    for (const QtMember &member : made.members)
        parts.append(u"%1 == other.%1"_s.arg(member.name));
    // A default would ask for itself while it is made.
    return u"    bool operator==(const %1 &other) const\n    {\n        return "_s.arg(made.name)
        + parts.join(u"\n            && "_s) + u";\n    }\n"_s;
}

QString structText(const QtStruct &made)
{
    QString text = comment(made.remarks) + u"struct "_s + made.name + u"\n{\n    Q_GADGET\n"_s;
    for (const QtMember &member : made.members)
        text += u"    Q_PROPERTY(%1 %2 MEMBER %3)\n"_s.arg(typeOf(member), member.property, member.name);
    text += u"public:\n"_s;
    for (const QtEnum &each : made.enums)
        text += u"    enum class %1 { %2 };\n    Q_ENUM(%1)\n\n"_s.arg(each.name, each.keys.join(u", "_s));
    for (const QtMember &member : made.members) {
        text += comment(QStringList{member.about} + member.type.remarks, u"    "_s);
        text += u"    %1 %2 = {};\n"_s.arg(typeOf(member), member.name);
    }
    return text + u'\n' + equality(made) + u"};\n\n"_s;
}

/** The events of \a rooms, each with the type of its data. */
QString eventsText(const QList<RoomType> &rooms, const TypeModel &model, QtTypes &types, Names &names)
{
    QString text;
    for (const RoomType &room : rooms) {
        for (const EventType &event : room.events) {
            const QString function = names.unique(camelCase(room.id + u' ' + event.name), u"event"_s);
            const QtType type = types.ofDefinition(event.definition);
            text += comment(QStringList{u"The event %1 of %2."_s.arg(event.name, room.id), event.description,
                                        model.definitions[event.definition].type->about}
                            + type.remarks);
            text += u"inline const dialogue::TypedEvent<%1> &%2()\n{\n"_s.arg(type.text, function);
            text += u"    static const auto event = dialogue::defineEvent<"_s + type.text
                + u">(QStringLiteral("_s + cppString(event.name) + u"));\n    return event;\n}\n\n"_s;
        }
    }
    return text;
}

/** What clients may say in `meta`: structs have that name already. */
QString metasText(const QList<RoomType> &rooms, const TypeModel &model, QtTypes &types, Names &names)
{
    QString text;
    for (const RoomType &room : rooms) {
        for (const EventType &event : room.events) {
            if (event.meta < 0)
                continue;
            const QtType type = types.ofDefinition(event.meta);
            const QString wanted = pascalCase(model.definitions[event.meta].name);
            if (type.text.startsWith(wanted))
                continue;
            text += comment(QStringList{
                                u"What clients may say in the meta of %1 of %2."_s.arg(event.name, room.id)}
                            + type.remarks)
                + u"using "_s + names.unique(wanted, u"Meta"_s) + u" = "_s + type.text + u";\n\n"_s;
        }
    }
    return text;
}

QString idsText(const QList<RoomType> &rooms, Names &names)
{
    QString text;
    for (const RoomType &room : rooms) {
        const QString function = names.unique(camelCase(room.id) + u"Room"_s, u"room"_s);
        text += comment({u"The id of the room %1."_s.arg(room.id),
                         room.name != room.id ? room.name : QString(), room.description});
        text += u"inline QString "_s + function + u"() { return QStringLiteral("_s + cppString(room.id)
            + u"); }\n\n"_s;
    }
    return text;
}

} // namespace

QString qtHeader(const TypeModel &model)
{
    Names names(reservedInCpp());
    QtTypes types(model.definitions, names);
    const QString events
        = eventsText(model.rooms, model, types, names) + eventsText(model.templates, model, types, names);
    const QString metas
        = metasText(model.rooms, model, types, names) + metasText(model.templates, model, types, names);
    const QString ids = idsText(model.rooms, names);
    QString text
        = u"// Made by dialogue-server types --qt. Changes belong into the configuration.\n\n#pragma once\n\n"
          "#include <dialogue/core/event/typedevent.h>\n\n#include <QJsonArray>\n#include "
          "<QJsonObject>\n#include <QJsonValue>\n#include <QList>\n#include <QObject>\n#include "
          "<QString>\n\n#include <optional>\n\nnamespace rooms {\n\n"_s;
    for (const QtStruct &made : types.structs())
        text += structText(made);
    return text + events + metas + ids + u"} // namespace rooms\n"_s;
}

} // namespace dialogue::types
