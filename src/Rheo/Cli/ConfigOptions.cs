using Rheo.Cli.Settings;

namespace Rheo.Cli;

/// <summary>What <c>rheo config</c> was asked to show.</summary>
/// <param name="Values">The settings, with their origins.</param>
/// <param name="Format">The shape of the output.</param>
public sealed record ConfigOptions(SettingValues Values, ConfigFormat Format);
