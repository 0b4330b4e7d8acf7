#pragma once

#include "core/base/result.h"
#include "core/schema/schema.h"
#include "server/config/issues.h"
#include "server/config/node.h"

#include <QFileInfo>
#include <QHash>
#include <QUrl>

#include <optional>

namespace dialogue::config {

/**
 * The schemas of one configuration, in its file and in files of their own (.json or .yaml): each is compiled
 * once, however many rooms have it, and may refer to the others by their `$id` and by the names of their
 * files.
 */
class SchemaLibrary
{
public:
    /** \a issues are of the configuration's file, and get the notes on its schemas; \a found gets the
     * documents that references lead to. */
    explicit SchemaLibrary(Issues &issues, QHash<QString, QByteArray> &found);

    /** Makes known what \a rooms have, before the first is compiled. */
    void collect(const Node &rooms);

    /** The one that is, or whose file's name is, the value of a member `schema`; nothing where it is told in
     * the issues why there is none. */
    std::optional<Schema> read(const Node &node, const QString &path);

    /** Where that one stands. */
    [[nodiscard]] SchemaPlace placeOf(const Node &node) const;

private:
    void collectRoom(const Node &room);
    void know(const Node &schema, const QUrl &base);
    Result<Schema> compile(const Node &node, const QUrl &base);
    std::optional<Schema> readInline(const Node &node, const QString &path);
    std::optional<Schema> readFile(const Node &node, const QString &path);
    [[nodiscard]] QFileInfo fileOf(const Node &node) const;
    std::optional<QByteArray> find(const QString &uri);
    [[nodiscard]] std::optional<QByteArray> load(const QString &uri);

    Issues &m_issues;
    QHash<QString, QByteArray> &m_found; ///< By URI.
    const QUrl m_base;
    QHash<QString, QByteArray> m_texts; ///< By $id.
    QHash<QByteArray, Schema> m_compiled; ///< By their base and their JSON.
    QHash<QString, Schema> m_loaded; ///< By the file.
    QString m_unreadable; ///< Why the file that a reference led to last cannot be taken; empty: it can.
};

} // namespace dialogue::config
