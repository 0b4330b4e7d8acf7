#pragma once

#include "process/arguments.h"
#include "server/config/configfile.h"

#include <QObject>

#include <memory>

class QThread;

namespace dialogue {

class Dialogue;

/**
 * What a running server does upon SIGHUP: reads keys and certificates again; and reads the configuration, in
 * a thread, and takes over what it can of it; or says what is wrong with it, and goes on as before.
 */
class Reload : public QObject
{
public:
    /** \a arguments: the words it was started with. */
    Reload(Dialogue &dialogue, Arguments arguments);
    ~Reload() override;

    void begin();

private:
    void read(const ConfigReport &report);

    Dialogue &m_dialogue;
    const Arguments m_arguments;
    std::unique_ptr<QThread> m_thread; ///< While it reads.
    bool m_again = false; ///< Once it has read.
};

/** Puts what the options say in the place of what the configuration says. */
Result<void> applyOptions(const Arguments &arguments, ServerConfig &config);

/** From now on the process logs what \a config says. */
void setLogLevels(const ServerConfig &config);

} // namespace dialogue
