#pragma once

#include "core/base/result.h"
#include "core/json/jsondata.h"
#include "core/schema/program.h"
#include "core/schema/schema.h"

namespace dialogue::schema {

/** How data is held to a program. */
struct Terms
{
    QString root = QStringLiteral("data"); ///< What errors call the data.
    Admission admission = {};
    int steps = DefaultValidationSteps;
    qint64 *taken = nullptr; ///< Gets how many the verdict took, where somebody asks.
};

/** Whether \a data fits; it becomes what is to go on, see Schema::admit(). */
Result<void> admit(const Program &program, JsonData &data, const Terms &terms);

} // namespace dialogue::schema
