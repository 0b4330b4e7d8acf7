#pragma once

#include "core/base/seldom.h"

#include <map>

namespace dialogue {

/** A Seldom for each kind of thing, so that a flood of one hides no other. Of few kinds: none is forgotten.
 */
template <class Kind>
class SeldomOfKind
{
public:
    int count(const Kind &kind) { return m_kinds[kind].count(); }

private:
    std::map<Kind, Seldom> m_kinds;
};

} // namespace dialogue
