#pragma once

#include "core/base/result.h"
#include "core/schema/document/document_p.h"
#include "core/schema/validator/compiledschema_p.h"
#include "core/schema/validator/shortcut_p.h"

#include <QHash>

#include <memory>
#include <mutex>
#include <optional>

namespace dialogue::schema {

/** A compiled document: says yes or no. Re-entrant. */
class Validator
{
public:
    static Result<std::shared_ptr<const Validator>> compile(const Document &document);

    [[nodiscard]] bool accepts(const QJsonValue &data) const;
    /** Of a text that has passed json::check(); no where only its value can tell. */
    [[nodiscard]] bool acceptsText(QByteArrayView json) const;

private:
    using Compiled = std::shared_ptr<const CompiledSchema>;

    explicit Validator(const Document &document);

    Compiled compileAt(const QString &pointer) const;
    Compiled partAt(const QString &pointer) const;
    Check membersCheck(const QJsonValue &members) const;

    const Document m_document;
    const std::optional<Shortcut> m_shortcut;
    mutable std::mutex m_mutex; // of m_parts
    mutable QHash<QString, Compiled> m_parts; // by pointer
    const Compiled m_whole; // last: compiling it uses what stands above
};

} // namespace dialogue::schema
