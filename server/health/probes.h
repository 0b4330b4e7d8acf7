#pragma once

#include "server/health/vitals.h"
#include "server/http/httpmessage.h"

#include <QByteArray>

#include <memory>
#include <optional>
#include <vector>

namespace dialogue {

/**
 * What is answered at /health (does the hub turn?), /ready (should clients be sent here?) and /version. Which
 * version it is, and why it is not ready, is for who asks from this machine or has a key for it, unless it is
 * open.
 */
class Probes
{
public:
    enum class Path { Health, Ready, Version };
    [[nodiscard]] static QByteArray nameOf(Path path); ///< "/health"

    /** Those of \a paths are answered. */
    Probes(std::shared_ptr<const Vitals> vitals, bool isOpen, std::vector<Path> paths);

    /** Any thread: the answer, where none is needed of the hub, which alone knows the keys. Nothing where it
     * is for the hub, or is none of these. */
    [[nodiscard]] std::optional<HttpResponse> answerAtOnce(const HttpRequest &request) const;
    /** \a mayKnow: it may be told what not everybody is. */
    [[nodiscard]] HttpResponse answer(Path path, bool mayKnow) const;

private:
    const std::shared_ptr<const Vitals> m_vitals;
    const bool m_isOpen;
    const std::vector<Path> m_paths;
};

/** To who asks for what is not for everybody. */
[[nodiscard]] HttpResponse notForStrangers();

} // namespace dialogue
