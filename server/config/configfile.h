#pragma once

#include "server/config/serverconfig.h"
#include "server/export.h"

#include <QByteArray>
#include <QHash>
#include <QJsonObject>
#include <QList>
#include <QString>
#include <QUrl>

#include <optional>
#include <utility>

class QIODevice;

namespace dialogue {

/** One thing that is wrong, or doubtful, in a configuration file. */
struct DIALOGUE_SERVER_EXPORT ConfigIssue
{
    enum class Severity { Error, Warning };

    Severity severity = Severity::Error;
    QString fileName;
    int line = 0; ///< From 1; 0 when it is about the file as a whole.
    int column = 0; ///< From 1, in characters.
    QString path; ///< The key it is about: "rooms.chat.maxSize"; may be empty.
    QString message; ///< What was expected and what stands there instead.

    /** As compilers say it: `config.yaml:12:7: rooms.chat.maxSize: must be ...`. */
    [[nodiscard]] QString text() const;
};

/** Where the schema of an event stands, which is what references in it are relative to. */
struct SchemaPlace
{
    QUrl uri; ///< Of the file.
    bool isWholeFile = false; ///< Else it is a part of the configuration.
};

/** Where what is said of an event stands. */
struct EventSchemaPlaces
{
    SchemaPlace schema = {};
    SchemaPlace meta = {};
};

/** By the id of the room, or the pattern of the template, and the name of the event. */
using SchemaPlaces = QHash<std::pair<QString, QString>, EventSchemaPlaces>;

/** Where the schemas of a configuration come from, for who reads more in them than what they let pass. */
struct SchemaOrigins
{
    SchemaPlaces ofRooms;
    SchemaPlaces ofTemplates;
    QHash<QString, QByteArray> documents; ///< What references led to, JSON by URI.
};

/** What came of reading a configuration: without an error, the config; warnings either way. */
struct DIALOGUE_SERVER_EXPORT ConfigReport
{
    QList<ConfigIssue> issues; ///< In the order of the file; of the errors the first 20.
    std::optional<ServerConfig> config;
    SchemaOrigins schemas = {};
};

/** Reads a configuration from a file of YAML, of which JSON is a part. */
[[nodiscard]] DIALOGUE_SERVER_EXPORT ConfigReport loadConfig(const QString &fileName);

/** Reads a configuration from \a from, open for reading, to its end; \a fileName as in parseConfig(). */
[[nodiscard]] DIALOGUE_SERVER_EXPORT ConfigReport readConfig(QIODevice &from, const QString &fileName);

/** Reads a configuration from \a text; \a fileName is for messages and for the files it refers to. */
[[nodiscard]] DIALOGUE_SERVER_EXPORT ConfigReport parseConfig(const QByteArray &text,
                                                              const QString &fileName);

/** A configuration with every key, its default and its meaning, as YAML. */
[[nodiscard]] DIALOGUE_SERVER_EXPORT QByteArray defaultsYaml();

/** The JSON Schema (draft 7) of a configuration file, for editors. */
[[nodiscard]] DIALOGUE_SERVER_EXPORT QJsonObject configSchema();

/** The reference of every key, as Markdown: docs/configuration.md. */
[[nodiscard]] DIALOGUE_SERVER_EXPORT QByteArray configReference();

} // namespace dialogue
