#pragma once

#include "core/schema/validator/keyword_p.h"

#include <QJsonObject>

#include <memory>

namespace dialogue::schema {

/** A schema as valijson compiled it. Immutable, and re-entrant where the checks of its keywords are. */
class CompiledSchema
{
public:
    virtual ~CompiledSchema() = default;

    /** Throws a std::exception that says what valijson cannot take of \a document. */
    static std::shared_ptr<const CompiledSchema> compile(const QJsonObject &document,
                                                         const QList<Keyword> &keywords);

    /** Lets through what a check throws. */
    [[nodiscard]] virtual bool accepts(const QJsonValue &data) const = 0;
};

} // namespace dialogue::schema
