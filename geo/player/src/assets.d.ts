declare module '*.bin' { const url: string; export default url }
declare module '*.json' { const url: string; export default url }
declare module '*.css' { const text: string; export default text }
