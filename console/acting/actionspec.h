#pragma once

#include <QCoreApplication>
#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>

namespace dialogue::console {

/** What is asked of a person before something is done. */
struct ActionField
{
    enum class Kind {
        Text,
        Number, ///< From 1 on; nothing: left out.
        Duration, ///< Milliseconds, out of some; nothing: for ever.
        Json, ///< Any value.
    };

    QString name; ///< Of the action's argument.
    QString label;
    Kind kind = Kind::Text;
    bool isRequired = false;
    QString value = {};
    QString hint = {};
};

/** Something that may be done by `admin:do` (docs/admin.md): with one target or many. */
struct ActionSpec
{
    QString action; ///< By the name of the HTTP API's operation.
    QString title;
    QString verb; ///< On the button that does it.
    QString sentence = {}; ///< What becomes of whom.
    QList<ActionField> fields = {};
    QList<QJsonObject> targets = {}; ///< Arguments that are not asked for, of each.
    QStringList targetNames = {}; ///< Each as a person knows it; as many as targets.
    bool isSevere = false; ///< It takes something away from somebody.
};

/** The actions that the console offers. */
class ActionCatalogue
{
    Q_DECLARE_TR_FUNCTIONS(dialogue::console::ActionCatalogue)
public:
    /** Somebody who is connected; \a name is what a person knows him by. */
    struct Client
    {
        QString id;
        QString name;
        QString user = {}; ///< Empty: unknown, or a pseudonym.
    };

    /** Where who is banned or muted; \a room is empty where that is everywhere. */
    struct Sanction
    {
        QString user;
        QString room;
        QString name; ///< What a person knows it by.
    };

    [[nodiscard]] static ActionSpec disconnectClients(const QList<Client> &clients);
    [[nodiscard]] static ActionSpec kick(const QString &room, const QList<Client> &clients);
    [[nodiscard]] static ActionSpec join(const QList<Client> &clients);
    [[nodiscard]] static ActionSpec disconnectUsers(const QStringList &users);
    [[nodiscard]] static ActionSpec ban(const QStringList &users, const QString &room = {});
    [[nodiscard]] static ActionSpec mute(const QStringList &users, const QString &room = {});
    [[nodiscard]] static ActionSpec liftBan();
    [[nodiscard]] static ActionSpec liftMute();
    /** \a action is liftBan or liftMute: of all of them. */
    [[nodiscard]] static ActionSpec lift(const QString &action, const QList<Sanction> &sanctions);
    [[nodiscard]] static ActionSpec sendToUsers(const QStringList &users);

    [[nodiscard]] static ActionSpec createRoom();
    [[nodiscard]] static ActionSpec updateRoom(const QString &id, const QString &name,
                                               const QString &description, int maxSize);
    [[nodiscard]] static ActionSpec deleteRooms(const QStringList &ids);
    [[nodiscard]] static ActionSpec broadcastToRooms(const QStringList &ids);

    [[nodiscard]] static ActionSpec broadcast();
    [[nodiscard]] static ActionSpec drain();
};

} // namespace dialogue::console
