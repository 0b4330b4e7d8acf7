#include "server/jwt/algorithm.h"

#include <algorithm>

namespace dialogue::jwt {

namespace {

using View = QLatin1StringView;

constexpr Algorithm All[]{
    {View("HS256"), KeyKind::Secret, 32},
    {View("HS384"), KeyKind::Secret, 48},
    {View("HS512"), KeyKind::Secret, 64},
    {View("RS256"), KeyKind::Rsa, 0},
    {View("RS384"), KeyKind::Rsa, 0},
    {View("RS512"), KeyKind::Rsa, 0},
    {View("PS256"), KeyKind::Rsa, 0},
    {View("PS384"), KeyKind::Rsa, 0},
    {View("PS512"), KeyKind::Rsa, 0},
    {View("ES256"), KeyKind::Curve, 64, View("P-256")},
    {View("ES384"), KeyKind::Curve, 96, View("P-384")},
};

} // namespace

std::span<const Algorithm> algorithms() { return All; }

const Algorithm *algorithmNamed(QStringView name)
{
    const auto *const found
        = std::ranges::find_if(All, [name](const Algorithm &each) { return name == each.name; });
    return found == std::end(All) ? nullptr : found;
}

} // namespace dialogue::jwt
