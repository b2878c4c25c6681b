namespace Rheo.Cli.Settings;

/// <summary>The value of each setting, as all sources together give it.</summary>
public sealed class SettingValues
{
    private readonly Dictionary<Setting, SettingValue> _values;

    internal SettingValues(Dictionary<Setting, SettingValue> values) => _values = values;

    /// <summary>All, in the order of the table.</summary>
    public IEnumerable<SettingValue> All => AgentSettings.All.Select(setting => this[setting]);

    /// <summary>The value of one, with its origin.</summary>
    public SettingValue this[Setting setting] =>
        _values.TryGetValue(setting, out var value) ? value : new SettingValue(setting, setting.Default, Origin.Default);

    /// <summary>The value of one, as what it stands for.</summary>
    public T Get<T>(Setting<T> setting) => setting.Read(this[setting].Words)!;

    /// <summary>The words of a list.</summary>
    public IReadOnlyList<string> Get(ListSetting setting) => this[setting].Words;
}
