#pragma once

#include <QJsonValue>
#include <QList>
#include <QString>
#include <QStringList>

#include <memory>

/** What the events of a configuration carry, as types: read from its schemas, written in a language. */
namespace dialogue::types {

struct DataType;
/** Shared and never changed; null where nothing is said. */
using DataTypePtr = std::shared_ptr<const DataType>;

struct ObjectMember
{
    QString name;
    DataTypePtr type;
    bool isRequired = false;
};

/**
 * The values that a schema lets pass, or more: never fewer, so that whoever gets one can rely on it. What of
 * the schema this does not say stands in \a unsaid.
 */
struct DataType
{
    enum class Kind {
        Unknown, ///< Anything.
        Never, ///< Nothing.
        Null,
        Boolean,
        Number,
        Integer,
        String,
        Attachment, ///< Bytes beside the JSON.
        Literal, ///< One value.
        Array, ///< Of \a rest.
        Tuple, ///< \a parts, of which the first \a leastItems are there, then any number of \a rest.
        Object, ///< \a members, and others that are \a rest.
        Union, ///< One of \a parts.
        Intersection, ///< All of \a parts at once.
        Named, ///< The definition of that number.
    };

    Kind kind = Kind::Unknown;
    QJsonValue literal = {};
    QList<DataTypePtr> parts = {};
    QList<ObjectMember> members = {};
    DataTypePtr rest = {};
    qsizetype leastItems = 0;
    bool isClosed = false; ///< An object without other members than these.
    qsizetype definition = -1;

    QString about = {}; ///< For people.
    QStringList unsaid = {}; ///< "minLength 1"
};

/** A type with a name, which others, and itself, may refer to. */
struct Definition
{
    QString name; ///< As the configuration has it: "address"; made an identifier by who writes it.
    DataTypePtr type;
};

struct EventType
{
    QString name;
    QString description;
    qsizetype definition = -1; ///< What its data is.
    qsizetype meta = -1; ///< What a client may say in its `meta`; -1: anything.
    bool takesMeta = true; ///< False: nothing.
};

struct RoomType
{
    QString id; ///< Of a template its pattern.
    QString name = {};
    QString description = {};
    QList<EventType> events = {}; ///< None: it carries any event.
};

/** The types of a configuration. */
struct TypeModel
{
    QList<Definition> definitions;
    QList<RoomType> rooms;
    QList<RoomType> templates; ///< For a room that is created the first whose pattern fits.
    bool othersAreCreated = false; ///< Rooms that no template fits, which carry any event.
    bool saysMeta = false; ///< Of some event what a client may say in its `meta`.
};

[[nodiscard]] DataTypePtr typeOfKind(DataType::Kind kind);
/** Of several, without what adds nothing; of one it is that one, of none Never. */
[[nodiscard]] DataTypePtr oneOfTypes(const QList<DataTypePtr> &parts);
/** Of none it is Unknown. */
[[nodiscard]] DataTypePtr allOfTypes(const QList<DataTypePtr> &parts);

} // namespace dialogue::types
