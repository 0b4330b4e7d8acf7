#pragma once

#include "core/base/result.h"
#include "core/schema/document/document_p.h"

#include <memory>

namespace dialogue::schema {

/** A compiled schema: says yes or no. Immutable and re-entrant. */
class Validator
{
public:
    virtual ~Validator() = default;

    static Result<std::shared_ptr<const Validator>> compile(const Document &document);

    [[nodiscard]] virtual bool accepts(const QJsonValue &data) const = 0;
};

} // namespace dialogue::schema
