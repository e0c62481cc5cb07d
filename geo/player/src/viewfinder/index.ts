// Streamlit's entry on the Brief page. Its other half is geo/web/brief/viewfinder.py.

import {mounting} from './mount';
import {Plate} from './plate';

export default mounting('plate-mount', (host) => new Plate(host));
