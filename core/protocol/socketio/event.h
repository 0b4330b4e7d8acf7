#pragma once

#include "core/base/export.h"
#include "core/json/jsondata.h"

#include <QString>

namespace dialogue::socketio {

/** The payload of an EVENT, `["name", argument...]`, taken apart. */
struct EventParts
{
    QString name; ///< A number, which the reference lets be a name, as text.
    JsonData args; ///< An array.
};

/** \a payload must come from a packet that a Decoder has let pass. */
DIALOGUE_CORE_EXPORT EventParts takeApart(JsonData payload);

} // namespace dialogue::socketio
