#pragma once

#include <QtGlobal>

#if defined(DIALOGUE_CORE_BUILD)
#define DIALOGUE_CORE_EXPORT Q_DECL_EXPORT
#else
#define DIALOGUE_CORE_EXPORT Q_DECL_IMPORT
#endif
