#pragma once

#include <QtGlobal>

#if defined(DIALOGUE_CLIENT_BUILD)
#define DIALOGUE_CLIENT_EXPORT Q_DECL_EXPORT
#else
#define DIALOGUE_CLIENT_EXPORT Q_DECL_IMPORT
#endif
