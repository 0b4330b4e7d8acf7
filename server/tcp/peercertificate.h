#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <chrono>
#include <memory>

namespace dialogue {

/** What a client's certificate says, which an authority of the configuration has signed. */
struct PeerCertificate
{
    QByteArray fingerprint = {}; ///< SHA-256 of the certificate.
    QStringList commonNames = {}; ///< Of its subject; usually one,
    QStringList organizationalUnits = {}; ///< and of these some.
    QStringList dnsNames = {}; ///< Its other names (subjectAltName).
    QStringList emails = {};
    QStringList uris = {};
    std::chrono::system_clock::time_point expiresAt = {};
    /** Why no name of it is to be believed: one is written in a way that others read otherwise. Empty: there
     * is nothing of it, and else no name is here. */
    QString fault = {};
};

using PeerCertificatePtr = std::shared_ptr<const PeerCertificate>;

} // namespace dialogue
